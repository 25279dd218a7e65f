import { ReceiveMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SimulatedClock } from '../../local/kernel/simulated-clock';
import type { CallContext } from '../../local/wire/caller';
import type { RunningGateway } from '../support/embedded';
import { SqsUnderTest } from '../support/sqs-client';

let under: SqsUnderTest;
let clock: SimulatedClock;
let running: RunningGateway;
let sqs: SQSClient;

const createQueue = (name: string, attributes?: Record<string, string>) => under.createQueue(name, attributes);
const send = (url: string, body: string, more?: object) => under.send(url, body, more);
const receive = (url: string, more?: object) => under.receive(url, more);
const attribute = (url: string, name: string) => under.attribute(url, name);

beforeEach(async () => {
  under = new SqsUnderTest();
  await under.start();
  ({ clock, running, sqs } = under);
});

afterEach(() => under.stop());

/** Resolves with the context of the next ReceiveMessage once the service has begun to handle it. */
function nextReceive(): Promise<CallContext> {
  const action = running.gateway.serviceByName('sqs')!.actions.ReceiveMessage!;
  const { handle } = action;
  return new Promise((resolve) => {
    action.handle = (input, call) => {
      action.handle = handle;
      const answer = handle(input, call);
      resolve(call);
      return answer;
    };
  });
}

describe('long polling', () => {
  it('gives a message to a waiting receiver at once, without the clock turning', async () => {
    const QueueUrl = await createQueue('orders', { ReceiveMessageWaitTimeSeconds: '20' });
    const begun = nextReceive();
    const waiting = receive(QueueUrl);
    await begun;
    const before = clock.now();
    await send(QueueUrl, 'x');
    expect((await waiting).map((m) => m.Body)).toEqual(['x']);
    expect(clock.now()).toBe(before);
  });

  it('ends with nothing when its time is over', async () => {
    const QueueUrl = await createQueue('orders');
    let isOver = false;
    const waiting = receive(QueueUrl, { WaitTimeSeconds: 5 }).finally(() => {
      isOver = true;
    });
    while (!isOver) await clock.turn(1000);
    expect(await waiting).toEqual([]);
  });

  it('wakes when a hidden message becomes visible', async () => {
    const QueueUrl = await createQueue('orders');
    await send(QueueUrl, 'x', { DelaySeconds: 3 });
    const startMs = clock.now();
    let got: unknown[] | undefined;
    void receive(QueueUrl, { WaitTimeSeconds: 20 }).then((messages) => {
      got = messages;
    });
    while (!got) await clock.turn(100);
    expect(got).toHaveLength(1);
    expect(clock.now() - startMs).toBeLessThan(20_000);
  });

  it('takes no message for a client that has gone away', async () => {
    const QueueUrl = await createQueue('orders');
    const abort = new AbortController();
    const begun = nextReceive();
    const command = new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20 });
    const waiting = sqs.send(command, { abortSignal: abort.signal });
    const { signal } = await begun;
    const gone = new Promise((resolve) => signal!.addEventListener('abort', resolve));
    abort.abort();
    await expect(waiting).rejects.toThrow();
    await gone;
    await send(QueueUrl, 'x');
    expect(await attribute(QueueUrl, 'ApproximateNumberOfMessages')).toBe('1');
    expect(await attribute(QueueUrl, 'ApproximateNumberOfMessagesNotVisible')).toBe('0');
  });
});
