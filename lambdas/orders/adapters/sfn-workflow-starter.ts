import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { Sender } from '../../shared/aws/sender';
import { RejectedMessage } from '../domain/rejected-message';
import type { WorkflowStarter } from '../domain/workflow-starter';

/** Answers of StartExecution that the same request will always get. */
const REFUSALS = new Set(['InvalidName', 'InvalidExecutionInput', 'ValidationException']);

/**
 * Starts executions of a state machine.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html
 */
export function createSfnWorkflowStarter(client: Sender, stateMachineArn: string): WorkflowStarter {
  return {
    async start(name, input) {
      try {
        await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
        return 'started';
      } catch (error) {
        const { name: errorName, message } = error as Error;
        if (errorName === 'ExecutionAlreadyExists') return 'exists';
        if (REFUSALS.has(errorName)) throw new RejectedMessage('StartRefused', `${errorName}: ${message}`);
        throw error;
      }
    },
  };
}
