import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { clientSettings } from '../../../shared/aws/client-settings';
import { requireVariable } from '../../../shared/environment';
import { createEventBridgeBus } from '../../../shared/events/eventbridge-bus';

/** The bus that ORDER_BUS_NAME names. */
export const eventBus = () =>
  createEventBridgeBus({
    client: new EventBridgeClient(clientSettings()),
    busName: requireVariable('ORDER_BUS_NAME'),
  });
