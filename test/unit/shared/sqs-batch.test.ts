import type { SQSEvent } from 'aws-lambda';
import { silentLog } from '../../../lambdas/shared/observability/log';
import { createSqsBatchHandler } from '../../../lambdas/shared/queue/sqs-batch';
import { keptMeter } from '../../support/kept-meter';
import { invocation, turnedClock } from './turned-clock';

async function deliver(sentSecondsAgo: number[], work: () => Promise<void>, isDelayed?: boolean) {
  const { meter, counted, measured } = keptMeter();
  const clock = turnedClock();
  const handler = createSqsBatchHandler(work, { log: silentLog, meter }, undefined, { clock, isDelayed });
  const Records = sentSecondsAgo.map((seconds, index) => ({
    messageId: `message-${index}`,
    body: '{}',
    attributes: { SentTimestamp: String(clock.now() - seconds * 1000) },
  }));
  const answer = await handler({ Records } as unknown as SQSEvent, invocation());
  return { answer, counted, measured };
}

describe('a batch of messages', () => {
  it('tells how long each message has waited, also one that fails', async () => {
    let calls = 0;
    const work = async () => {
      calls += 1;
      if (calls === 1) throw new Error('no');
    };
    const { answer, counted, measured } = await deliver([3, 0.25], work);
    expect(measured).toEqual({ QueueWaitSeconds: [3, 0.25] });
    expect(counted).toEqual({ MessageFailed: 1 });
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'message-0' }] });
  });

  it('tells nothing of a queue that makes all of them wait', async () => {
    expect((await deliver([330], async () => undefined, true)).measured).toEqual({});
  });
});
