import { SeededRandom } from '../../../local/kernel/random';
import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { pauseSeconds } from '../../../local/services/sns/delivery/retry-policy';
import type { Subscription, Topic } from '../../../local/services/sns/model';
import { createSnsService } from '../../../local/services/sns/router';
import { AwsError } from '../../../local/wire/aws-error';
import { Gateway } from '../../../local/wire/gateway';
import { recordingService } from '../../support/recording-service';

const user = { kind: 'user', arn: 'arn:aws:iam::000000000000:user/local', accountId: '000000000000' } as const;
const queueArn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;

let clock: SimulatedClock;
let gateway: Gateway;
let warnings: string[];
/** What the queues answer to each message; undefined takes it. */
let answer: (body: string) => AwsError | undefined;
let taken: { readonly to: string; readonly body: string; readonly afterSeconds: number }[];

beforeEach(() => {
  clock = new SimulatedClock();
  warnings = [];
  taken = [];
  const startMs = clock.now();
  const sqs = recordingService('sqs', {
    SendMessage: ({ QueueUrl, MessageBody }) => {
      const afterSeconds = (clock.now() - startMs) / 1000;
      taken.push({ to: QueueUrl.split('/').pop(), body: MessageBody, afterSeconds });
      const refusal = answer(MessageBody);
      if (refusal) throw refusal;
      return { MessageId: 'm' };
    },
  });
  gateway = new Gateway({ kernel: { clock, random: new SeededRandom(1) }, warn: (line) => warnings.push(line) });
  gateway.boundTo('http://127.0.0.1:4566');
  gateway.register(createSnsService(gateway), sqs);
});

const call = (action: string, input: object): Promise<any> => gateway.call(user, 'sns', action, input);

async function subscribedTopic(Name: string, queue: string, Attributes = {}): Promise<string> {
  const topic = Name.endsWith('.fifo') ? { FifoTopic: 'true', ContentBasedDeduplication: 'true' } : {};
  const { TopicArn } = await call('CreateTopic', { Name, Attributes: topic });
  const raw = { RawMessageDelivery: 'true', ...Attributes };
  await call('Subscribe', { TopicArn, Protocol: 'sqs', Endpoint: queueArn(queue), Attributes: raw });
  return TopicArn;
}

/** Refuses so many attempts of one message. */
function refusing(body: string, times: number, error: AwsError): typeof answer {
  let left = times;
  return (asked) => (asked === body && left-- > 0 ? error : undefined);
}

const down = new AwsError('InternalFailure', 'down', 500);

describe('a delivery that fails', () => {
  it('is tried again at once, then after a second, then after more and more', async () => {
    const TopicArn = await subscribedTopic('orders', 'q');
    answer = refusing('x', 7, down);
    await call('Publish', { TopicArn, Message: 'x' });
    await clock.turn(60_000);
    expect(taken.map(({ afterSeconds }) => Math.round(afterSeconds * 10) / 10)).toEqual([0, 0, 0, 0, 1, 2, 3, 4.3]);
  });

  it('keeps back the messages of its group, and no others', async () => {
    const TopicArn = await subscribedTopic('orders.fifo', 'q.fifo');
    answer = refusing('a1', 4, down);
    for (const [Message, MessageGroupId] of [
      ['a1', 'a'],
      ['a2', 'a'],
      ['b1', 'b'],
    ]) {
      await call('Publish', { TopicArn, Message, MessageGroupId });
    }
    await clock.turn(0);
    expect(taken.map(({ body }) => body)).toEqual(expect.arrayContaining(['a1', 'b1']));
    expect(taken.map(({ body }) => body)).not.toContain('a2');
    await clock.turn(1000);
    expect(taken.slice(-2).map(({ body }) => body)).toEqual(['a1', 'a2']);
  });

  it('goes to the dead-letter queue at once when trying again does not help', async () => {
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn('dead') });
    const TopicArn = await subscribedTopic('orders', 'q', { RedrivePolicy });
    answer = refusing('x', 1, new AwsError('AccessDeniedException', 'no', 403));
    await call('Publish', { TopicArn, Message: 'x' });
    await clock.turn(0);
    expect(taken.map(({ to }) => to)).toEqual(['q', 'dead']);
    expect(warnings).toEqual([]);
  });

  it('is not tried again for a subscription that has ended', async () => {
    const TopicArn = await subscribedTopic('orders', 'q');
    answer = () => down;
    await call('Publish', { TopicArn, Message: 'x' });
    await clock.turn(0);
    const attempts = taken.length;
    await call('DeleteTopic', { TopicArn });
    await clock.turn(60_000);
    expect(taken).toHaveLength(attempts);
  });
});

describe('the retries of a protocol', () => {
  const topic = { attributes: {} } as Topic;
  const pauses = (protocol: string, DeliveryPolicy?: object) => {
    const attributes = DeliveryPolicy ? { DeliveryPolicy: JSON.stringify(DeliveryPolicy) } : {};
    const subscription = { protocol, attributes } as unknown as Subscription;
    return (attempts: number) => pauseSeconds(subscription, topic, attempts);
  };

  it('end after 100,015 attempts for what AWS manages', () => {
    expect([15, 16, 100_014, 100_015, 100_016].map(pauses('sqs'))).toEqual([20, 20, 20, 20, undefined]);
  });

  it('are three, 20 seconds apart, for web servers', () => {
    expect([1, 2, 3, 4].map(pauses('https'))).toEqual([20, 20, 20, undefined]);
  });

  it.each([
    ['linear', [10, 20, 30, 40, 50]],
    ['arithmetic', [10, 16.25, 25, 36.25, 50]],
    ['geometric', [10, 12.5, 20, 32.5, 50]],
  ])('follow the delivery policy of a web server: %s', (backoffFunction, expected) => {
    const healthyRetryPolicy = {
      numRetries: 9,
      numNoDelayRetries: 1,
      numMinDelayRetries: 1,
      numMaxDelayRetries: 2,
      minDelayTarget: 10,
      maxDelayTarget: 50,
      backoffFunction,
    };
    const pause = pauses('http', { healthyRetryPolicy });
    expect([1, 2].map(pause)).toEqual([0, 10]);
    expect([3, 4, 5, 6, 7].map(pause)).toEqual(expected);
    expect([8, 9, 10].map(pause)).toEqual([50, 50, undefined]);
  });
});
