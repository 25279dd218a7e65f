import { SendTaskFailureCommand, SendTaskSuccessCommand } from '@aws-sdk/client-sfn';
import type { Sender } from '../../shared/aws/sender';
import type { CallbackOutcome, WorkflowCallback } from '../domain/workflow-callback';

/** Answers that the same call will always get: the task has ended, or was never there. */
const GONE = new Set(['TaskTimedOut', 'TaskDoesNotExist', 'InvalidToken']);

/**
 * Answers tasks that wait for their token.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html
 */
export function createSfnWorkflowCallback(client: Sender): WorkflowCallback {
  const send = async (command: object): Promise<CallbackOutcome> => {
    try {
      await client.send(command);
      return 'delivered';
    } catch (error) {
      if (error instanceof Error && GONE.has(error.name)) return 'gone';
      throw error;
    }
  };

  return {
    succeed: (taskToken, output) => send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify(output) })),
    fail: (taskToken, error, cause) =>
      send(new SendTaskFailureCommand({ taskToken, error, cause: JSON.stringify(cause) })),
  };
}
