import { AwsError } from '../../../wire/aws-error';
import type { Action } from '../../../wire/service';
import { removeStatement } from '../bus-policy';
import type { EventBridge } from '../event-bridge';

interface RemovePermissionInput {
  readonly EventBusName?: string;
  readonly StatementId?: string;
  readonly RemoveAllPermissions?: boolean;
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_RemovePermission.html */
export function removePermission(bridge: EventBridge): Action<RemovePermissionInput> {
  return {
    access: bridge.accessOnBus('RemovePermission'),
    handle: ({ EventBusName, StatementId = '', RemoveAllPermissions }) => {
      const bus = bridge.store.bus(bridge.busName(EventBusName));
      if (RemoveAllPermissions) bridge.store.changeBus(bus, { policy: undefined }, bridge.now());
      else if (!removeStatement(bridge, bus, StatementId)) {
        throw new AwsError('ResourceNotFoundException', 'Statement with the provided id does not exist.');
      }
    },
  };
}
