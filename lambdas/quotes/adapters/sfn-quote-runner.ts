import { StartSyncExecutionCommand } from '@aws-sdk/client-sfn';
import type { Clock } from '../../shared/clock';
import type { QuoteRunEnd, QuoteRunner } from '../domain/quote-runner';

/** An AWS client whose requests can be given up. */
interface AbortableSender {
  send(command: any, options: { abortSignal: AbortSignal }): Promise<any>;
}

/** Errors of StartSyncExecution itself that the same request need not meet a moment later. */
const PASSING = /^(?:Throttling|ServiceUnavailable|InternalFailure|InternalServer|TimeoutError)/;

/**
 * Runs executions of an Express machine and waits for their ends. The API answers 200 for every run, also for one that
 * failed: `status` tells. https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartSyncExecution.html
 */
export function createSfnQuoteRunner(props: {
  client: AbortableSender;
  stateMachineArn: string;
  clock: Clock;
}): QuoteRunner {
  const { client, stateMachineArn, clock } = props;
  return {
    async run(name, input, timeoutMs) {
      const [answered, givenUp] = [new AbortController(), new AbortController()];
      void clock.sleep(timeoutMs, answered.signal).then(() => {
        if (!answered.signal.aborted) givenUp.abort();
      });
      const command = new StartSyncExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) });
      try {
        return endOf(await client.send(command, { abortSignal: givenUp.signal }));
      } catch (error) {
        if (givenUp.signal.aborted) return { status: 'unanswered' };
        const { name: errorName, message } = error as Error;
        if (PASSING.test(errorName)) return { status: 'failed', error: errorName, cause: message };
        throw error;
      } finally {
        answered.abort();
      }
    },
  };
}

function endOf(answer: { status?: string; output?: string; error?: string; cause?: string }): QuoteRunEnd {
  if (answer.status === 'SUCCEEDED') return { status: 'succeeded', output: JSON.parse(answer.output ?? 'null') };
  const error = answer.error ?? (answer.status === 'TIMED_OUT' ? 'States.Timeout' : 'States.Runtime');
  return { status: 'failed', error, cause: answer.cause ?? '' };
}
