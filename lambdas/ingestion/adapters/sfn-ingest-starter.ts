import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { Sender } from '../../shared/aws/sender';
import type { IngestStarter } from '../domain/ingest-starter';
import { RejectedMessage } from '../domain/rejected-message';

/** Answers of StartExecution that the same request will always get. */
const REFUSALS = new Set(['InvalidName', 'InvalidExecutionInput', 'ValidationException']);

/** Starts executions of the single machine. https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
export function createSfnIngestStarter(client: Sender, stateMachineArn: string): IngestStarter {
  return {
    async start(input) {
      try {
        await client.send(
          new StartExecutionCommand({ stateMachineArn, name: input.run, input: JSON.stringify(input) }),
        );
        return 'started';
      } catch (error) {
        const { name, message } = error as Error;
        if (name === 'ExecutionAlreadyExists') return 'exists';
        if (REFUSALS.has(name)) throw new RejectedMessage('StartRefused', `${name}: ${message}`);
        throw error;
      }
    },
  };
}
