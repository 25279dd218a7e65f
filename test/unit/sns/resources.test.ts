import { SeededRandom } from '../../../local/kernel/random';
import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { createSnsService } from '../../../local/services/sns/router';
import { Gateway } from '../../../local/wire/gateway';
import type { ResourceProvider } from '../../../local/wire/resource-provider';
import type { Service } from '../../../local/wire/service';

const context = { generateName: () => 'orders-Topic-1A2B' } as never;
const arn = 'arn:aws:sns:us-east-1:000000000000:orders-Topic-1A2B';
const queue = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
const user = { kind: 'user', arn: 'arn:aws:iam::000000000000:user/local', accountId: '000000000000' } as const;

let service: Service;
let gateway: Gateway;
const provider = (type: string): ResourceProvider => service.resources!.find((resource) => resource.type === type)!;

beforeEach(() => {
  gateway = new Gateway({ kernel: { clock: new SimulatedClock(), random: new SeededRandom(1) } });
  gateway.boundTo('http://127.0.0.1:4566');
  service = createSnsService(gateway);
  gateway.register(service);
});

const call = (action: string, input: object): Promise<any> => gateway.call(user, 'sns', action, input);
const endpoints = async () =>
  (await call('ListSubscriptionsByTopic', { TopicArn: arn })).Subscriptions.map(({ Endpoint }: any) => Endpoint);

describe('AWS::SNS::Topic', () => {
  const topics = () => provider('AWS::SNS::Topic');

  it('creates a topic with its subscriptions, and changes them in place', async () => {
    const subscriptions = (...names: string[]) => names.map((name) => ({ Protocol: 'sqs', Endpoint: queue(name) }));
    const before = { DisplayName: 'Orders', Subscription: subscriptions('a', 'b') };
    expect(topics().create(before, context)).toEqual({
      physicalId: arn,
      attributes: { TopicArn: arn, TopicName: 'orders-Topic-1A2B' },
    });
    expect(await endpoints()).toEqual([queue('a'), queue('b')]);
    const after = { SignatureVersion: 2, Subscription: subscriptions('b', 'c'), Tags: [{ Key: 'k', Value: 'v' }] };
    expect(topics().update!(arn, after, before, context)).toMatchObject({ physicalId: arn });
    expect(await endpoints()).toEqual([queue('b'), queue('c')]);
    const { Attributes } = await call('GetTopicAttributes', { TopicArn: arn });
    expect([Attributes.get('DisplayName'), Attributes.get('SignatureVersion')]).toEqual(['', '2']);
    topics().delete(arn, after, context);
    await expect(call('GetTopicAttributes', { TopicArn: arn })).rejects.toMatchObject({ code: 'NotFound' });
  });

  it('gives FIFO topics the name that they need, and replaces a topic of the other kind', () => {
    const fifo = { FifoTopic: true, ContentBasedDeduplication: true };
    expect(topics().create(fifo, context)).toMatchObject({ physicalId: `${arn}.fifo` });
    expect(topics().update!(`${arn}.fifo`, {}, fifo, context)).toMatchObject({ physicalId: arn });
  });
});

describe('AWS::SNS::Subscription', () => {
  it('is changed in place, and replaced when its endpoint changes', async () => {
    provider('AWS::SNS::Topic').create({}, context);
    const subscriptions = provider('AWS::SNS::Subscription');
    const first = { TopicArn: arn, Protocol: 'sqs', Endpoint: queue('a'), FilterPolicy: { kind: ['new'] } };
    const { physicalId } = await subscriptions.create(first, context);
    const raw = { ...first, FilterPolicy: undefined, RawMessageDelivery: true };
    expect(subscriptions.update!(physicalId, raw, first, context)).toMatchObject({ physicalId });
    const { Attributes } = await call('GetSubscriptionAttributes', { SubscriptionArn: physicalId });
    expect([Attributes.get('RawMessageDelivery'), Attributes.get('FilterPolicy')]).toEqual(['true', undefined]);
    const other = await subscriptions.update!(physicalId, { ...raw, Endpoint: queue('b') }, raw, context);
    expect(other.physicalId).not.toBe(physicalId);
    await subscriptions.delete(physicalId, raw, context);
    expect(await endpoints()).toEqual([queue('b')]);
  });
});

describe('AWS::SNS::TopicPolicy', () => {
  it('takes the place of the default policy, and gives it back', async () => {
    provider('AWS::SNS::Topic').create({}, context);
    const before = service.resourcePolicy!(arn);
    const PolicyDocument = { Version: '2012-10-17', Statement: [] };
    const policies = provider('AWS::SNS::TopicPolicy');
    const { physicalId } = await policies.create({ PolicyDocument, Topics: [arn] }, context);
    expect(service.resourcePolicy!(arn)).toEqual(PolicyDocument);
    await policies.delete(physicalId, { PolicyDocument, Topics: [arn] }, context);
    expect(service.resourcePolicy!(arn)).toBe(before);
  });
});
