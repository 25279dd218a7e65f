import type { Action } from '../../../wire/service';
import { putStatement } from '../bus-policy';
import type { EventBridge } from '../event-bridge';
import { validation } from '../faults';

interface PutPermissionInput {
  readonly EventBusName?: string;
  readonly Action?: string;
  readonly Principal?: string;
  readonly StatementId?: string;
  readonly Policy?: string;
}

/** Either the whole policy, or one account that may put events. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutPermission.html */
export function putPermission(bridge: EventBridge): Action<PutPermissionInput> {
  return {
    access: bridge.accessOnBus('PutPermission'),
    handle: ({ EventBusName, Action: action, Principal, StatementId, Policy }) => {
      const bus = bridge.store.bus(bridge.busName(EventBusName));
      if (Policy !== undefined) {
        bridge.store.changeBus(bus, { policy: parsePolicy(Policy) }, bridge.now());
        return;
      }
      if (!action || !Principal || !StatementId) {
        throw validation('Parameters Action, Principal and StatementId must be specified, or Policy.');
      }
      putStatement(bridge, bus, {
        Sid: StatementId,
        Effect: 'Allow',
        Principal: Principal === '*' ? '*' : { AWS: `arn:aws:iam::${Principal}:root` },
        Action: action,
        Resource: bus.arn,
      });
    },
  };
}

function parsePolicy(text: string) {
  try {
    const policy = JSON.parse(text);
    if (Array.isArray(policy.Statement)) return policy;
  } catch {
    // Refused below, like JSON that is no policy.
  }
  throw validation('This policy contains invalid Json');
}
