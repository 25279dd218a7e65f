import { SeededRandom } from '../../../local/kernel/random';
import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { createSnsService } from '../../../local/services/sns/router';
import { AwsError } from '../../../local/wire/aws-error';
import { Gateway } from '../../../local/wire/gateway';
import { MemoryJournal } from '../../support/memory-journal';
import { recordingService } from '../../support/recording-service';

const clock = new SimulatedClock();
const user = { kind: 'user', arn: 'arn:aws:iam::000000000000:user/local', accountId: '000000000000' } as const;
const arn = (name: string) => `arn:aws:sns:us-east-1:000000000000:${name}`;
const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:f';

let journal: MemoryJournal;
let gateway: Gateway;
let isLambdaUp: boolean;
let processes = 0;
const lambda = recordingService('lambda', {
  Invoke: () => {
    if (!isLambdaUp) throw new AwsError('ServiceException', 'down', 500);
    return { StatusCode: 202 };
  },
});

function begin(): void {
  gateway = new Gateway({ kernel: { clock, random: new SeededRandom(++processes) }, journal });
  gateway.boundTo('http://127.0.0.1:4566');
  const service = createSnsService(gateway);
  gateway.register(service, lambda);
  service.resume!();
}

/** The process dies between two turns, and another one begins over what it left; the old one's timers do nothing any more. */
async function restart(): Promise<void> {
  journal = journal.reopened();
  await gateway.stop();
  begin();
}

const call = (action: string, input: object): Promise<any> => gateway.call(user, 'sns', action, input);
const messages = () =>
  lambda.calls.map(({ input }) => JSON.parse(Buffer.from(input.Payload).toString()).Records[0].Sns.Message);

beforeEach(() => {
  journal = new MemoryJournal();
  lambda.calls.length = 0;
  isLambdaUp = true;
  begin();
});

describe('SNS over a journal', () => {
  it('keeps topics, tags, subscriptions and who still has to confirm', async () => {
    await call('CreateTopic', { Name: 'orders', Tags: [{ Key: 'a', Value: 'b' }] });
    await call('Subscribe', { TopicArn: arn('orders'), Protocol: 'lambda', Endpoint: functionArn });
    await call('Subscribe', { TopicArn: arn('orders'), Protocol: 'email', Endpoint: 'me@example.com' });
    await clock.turn(0);
    await restart();
    expect(await call('ListTagsForResource', { ResourceArn: arn('orders') })).toEqual({
      Tags: [{ Key: 'a', Value: 'b' }],
    });
    const { Attributes } = await call('GetTopicAttributes', { TopicArn: arn('orders') });
    expect([Attributes.get('SubscriptionsConfirmed'), Attributes.get('SubscriptionsPending')]).toEqual(['1', '1']);
    expect(journal.count('sns.mails')).toBe(1);
  });

  it('delivers what was under way', async () => {
    await call('CreateTopic', { Name: 'orders' });
    await call('Subscribe', { TopicArn: arn('orders'), Protocol: 'lambda', Endpoint: functionArn });
    await call('Publish', { TopicArn: arn('orders'), Message: 'not yet sent off' });
    await restart();
    await clock.turn(0);
    expect(messages()).toEqual(['not yet sent off']);
    isLambdaUp = false;
    await call('Publish', { TopicArn: arn('orders'), Message: 'tried again' });
    await clock.turn(5000);
    lambda.calls.length = 0;
    isLambdaUp = true;
    await restart();
    await clock.turn(0);
    expect(messages()).toEqual(['tried again']);
    await clock.turn(60_000);
    expect(messages()).toEqual(['tried again']);
    journal.commit();
    expect(journal.count('sns.deliveries')).toBe(0);
  });

  it('keeps what a FIFO topic remembers for five minutes, and leaves nothing of what was deleted', async () => {
    await call('CreateTopic', { Name: 'o.fifo', Attributes: { FifoTopic: 'true', ContentBasedDeduplication: 'true' } });
    const publish = () => call('Publish', { TopicArn: arn('o.fifo'), Message: 'x', MessageGroupId: 'a' });
    const first = await publish();
    await restart();
    expect(await publish()).toEqual(first);
    await call('DeleteTopic', { TopicArn: arn('o.fifo') });
    journal.commit();
    expect(['sns.topics', 'sns.published'].map((name) => journal.count(name))).toEqual([0, 0]);
  });
});
