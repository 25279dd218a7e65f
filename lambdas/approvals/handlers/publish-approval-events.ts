import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { clientSettings } from '../../shared/aws/client-settings';
import { requireVariable } from '../../shared/environment';
import { createEventBridgeBus } from '../../shared/events/eventbridge-bus';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createRequestEventStream } from '../adapters/request-event-stream';

const observability = powertoolsObservability();

/** The second reader of the approvals table's stream. */
export const handler = observe(
  observability,
  createRequestEventStream({
    bus: createEventBridgeBus({
      client: new EventBridgeClient(clientSettings()),
      busName: requireVariable('APPROVAL_BUS_NAME'),
    }),
    ...observability,
  }),
);
