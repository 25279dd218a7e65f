import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { Sender } from '../../shared/aws/sender';
import type { DeliveryStarter } from '../domain/replay-delivery';

/** Starts runs of the Express machine, at least once: Step Functions names them itself. */
export function createSfnDeliveryStarter(client: Sender, stateMachineArn: string): DeliveryStarter {
  return {
    async start(input) {
      await client.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }));
    },
  };
}
