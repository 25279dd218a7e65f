import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteObjectCommand,
  GetBucketNotificationConfigurationCommand,
  type NotificationConfiguration,
  PutBucketLifecycleConfigurationCommand,
  PutBucketNotificationConfigurationCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  UploadPartCommand,
} from '@aws-sdk/client-s3';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { createEventBridgeService } from '../../local/services/eventbridge/router';
import { createSqsService } from '../../local/services/sqs/router';
import { recordingService } from '../support/recording-service';
import { refusalOf, S3Bench } from '../support/s3-client';

const bench = new S3Bench();
const lambda = recordingService('lambda', { Invoke: () => ({ StatusCode: 202 }) });
let sqs: SQSClient;
let events: EventBridgeClient;
let QueueUrl: string;
let queueArn: string;
let Bucket: string;
let sequence = 0;

beforeAll(async () => {
  await bench.start((host) => [createSqsService(host), createEventBridgeService(host), lambda]);
  sqs = new SQSClient(bench.running.client);
  events = new EventBridgeClient(bench.running.client);
});
afterAll(async () => {
  sqs.destroy();
  events.destroy();
  await bench.stop();
});

beforeEach(async () => {
  Bucket = await bench.bucket();
  QueueUrl = (await sqs.send(new CreateQueueCommand({ QueueName: `events-${++sequence}` }))).QueueUrl!;
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  queueArn = Attributes!.QueueArn!;
  const statement = { Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: queueArn };
  const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { Policy } }));
});

const notify = (NotificationConfiguration: NotificationConfiguration) =>
  bench.s3.send(new PutBucketNotificationConfigurationCommand({ Bucket, NotificationConfiguration }));

const received = async () => {
  await bench.clock.turn(1000);
  const bodies: any[] = [];
  for (;;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    if (Messages.length === 0) return bodies;
    for (const { Body, ReceiptHandle } of Messages) {
      bodies.push(JSON.parse(Body!));
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    }
  }
};

describe('EventBridge', () => {
  beforeEach(async () => {
    const Name = `rule-${sequence}`;
    const EventPattern = JSON.stringify({ source: ['aws.s3'], detail: { bucket: { name: [Bucket] } } });
    await events.send(new PutRuleCommand({ Name, EventPattern }));
    await events.send(new PutTargetsCommand({ Rule: Name, Targets: [{ Id: 'queue', Arn: queueArn }] }));
  });

  it('hears of objects that are made and deleted', async () => {
    await notify({ EventBridgeConfiguration: {} });
    const { ETag } = await bench.s3.send(new PutObjectCommand({ Bucket, Key: 'docs/a b.txt', Body: 'hello' }));
    await bench.s3.send(new CopyObjectCommand({ Bucket, Key: 'copy', CopySource: `${Bucket}/docs/a%20b.txt` }));
    await bench.s3.send(new DeleteObjectCommand({ Bucket, Key: 'copy' }));
    const [put, copy, removed] = await received();
    expect(put).toMatchObject({
      'detail-type': 'Object Created',
      source: 'aws.s3',
      account: '000000000000',
      resources: [`arn:aws:s3:::${Bucket}`],
      detail: {
        version: '0',
        bucket: { name: Bucket },
        object: {
          key: 'docs/a b.txt',
          size: 5,
          etag: ETag!.replaceAll('"', ''),
          sequencer: expect.stringMatching(/^[0-9A-F]+$/),
        },
        'request-id': expect.stringMatching(/^[0-9A-F]{16}$/),
        requester: '000000000000',
        'source-ip-address': '127.0.0.1',
        reason: 'PutObject',
      },
    });
    expect(put.detail.object['version-id']).toBeUndefined();
    expect(copy.detail).toMatchObject({ reason: 'CopyObject', object: { key: 'copy' } });
    expect(removed).toMatchObject({
      'detail-type': 'Object Deleted',
      detail: { reason: 'DeleteObject', 'deletion-type': 'Permanently Deleted', object: { key: 'copy' } },
    });
    expect(removed.detail.object.sequencer > copy.detail.object.sequencer).toBe(true);
  });

  it('hears of versions, uploads, tags and expiries', async () => {
    const Status = 'Enabled' as const;
    await notify({ EventBridgeConfiguration: {} });
    await bench.s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status } }));
    const Key = 'a';
    const { UploadId } = await bench.s3.send(new CreateMultipartUploadCommand({ Bucket, Key }));
    const { ETag } = await bench.s3.send(new UploadPartCommand({ Bucket, Key, UploadId, PartNumber: 1, Body: 'x' }));
    const MultipartUpload = { Parts: [{ PartNumber: 1, ETag }] };
    const { VersionId } = await bench.s3.send(
      new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload }),
    );
    const Tagging = { TagSet: [{ Key: 'a', Value: 'b' }] };
    await bench.s3.send(new PutObjectTaggingCommand({ Bucket, Key, Tagging }));
    await bench.s3.send(new DeleteObjectCommand({ Bucket, Key }));
    await bench.s3.send(new PutObjectCommand({ Bucket, Key: 'old', Body: 'x' }));
    const Rules = [{ ID: 'r', Status, Filter: { Prefix: 'old' }, Expiration: { Days: 1 } }];
    await bench.s3.send(new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules } }));
    await bench.clock.turn(2 * 24 * 3600 * 1000);
    const heard = (await received()).map(({ 'detail-type': type, detail }) => [
      type,
      detail.reason,
      detail['deletion-type'],
      detail.object.key,
    ]);
    expect(heard).toEqual([
      ['Object Created', 'CompleteMultipartUpload', undefined, 'a'],
      ['Object Tags Added', undefined, undefined, 'a'],
      ['Object Deleted', 'DeleteObject', 'Delete Marker Created', 'a'],
      ['Object Created', 'PutObject', undefined, 'old'],
      ['Object Deleted', 'Lifecycle Expiration', 'Delete Marker Created', 'old'],
    ]);
    expect(VersionId).toBeTruthy();
  });

  it('hears nothing unless the bucket has it switched on', async () => {
    await bench.s3.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }));
    expect(await received()).toEqual([]);
  });
});

describe('a queue and a function', () => {
  it('get the events of their kinds and keys', async () => {
    const FilterRules = [
      { Name: 'prefix' as const, Value: 'in/' },
      { Name: 'suffix' as const, Value: '.txt' },
    ];
    const functionArn = 'arn:aws:lambda:us-east-1:000000000000:function:f';
    await notify({
      QueueConfigurations: [
        { Id: 'q', QueueArn: queueArn, Events: ['s3:ObjectCreated:*'], Filter: { Key: { FilterRules } } },
      ],
      LambdaFunctionConfigurations: [{ LambdaFunctionArn: functionArn, Events: ['s3:ObjectRemoved:Delete'] }],
    });
    const kept = await bench.s3.send(new GetBucketNotificationConfigurationCommand({ Bucket }));
    expect(kept.QueueConfigurations).toMatchObject([{ Id: 'q', QueueArn: queueArn, Filter: { Key: { FilterRules } } }]);
    expect(kept.EventBridgeConfiguration).toBeUndefined();
    expect(await received()).toMatchObject([{ Event: 's3:TestEvent', Bucket }]);
    for (const Key of ['in/a b.txt', 'in/a.pdf', 'out/a.txt']) {
      await bench.s3.send(new PutObjectCommand({ Bucket, Key, Body: 'hello' }));
    }
    expect(await received()).toMatchObject([
      {
        Records: [
          {
            eventName: 'ObjectCreated:Put',
            s3: { configurationId: 'q', bucket: { name: Bucket }, object: { key: 'in/a+b.txt', size: 5 } },
          },
        ],
      },
    ]);
    await bench.s3.send(new DeleteObjectCommand({ Bucket, Key: 'in/a.pdf' }));
    expect(lambda.calls).toHaveLength(1);
    expect(lambda.calls[0]!.input).toMatchObject({ FunctionName: functionArn, InvocationType: 'Event' });
    expect(lambda.calls[0]!.call.caller).toMatchObject({
      principal: 's3.amazonaws.com',
      sourceArn: `arn:aws:s3:::${Bucket}`,
    });
  });

  it('fails for a queue that is not there, for unknown events, and for topics', async () => {
    const Events = ['s3:ObjectCreated:*' as const];
    const missing = notify({ QueueConfigurations: [{ QueueArn: `${queueArn}-not`, Events }] });
    expect((await refusalOf(missing)).name).toBe('InvalidArgument');
    const unknown = notify({ QueueConfigurations: [{ QueueArn: queueArn, Events: ['s3:Nothing' as any] }] });
    expect((await refusalOf(unknown)).name).toBe('InvalidArgument');
    const topic = notify({ TopicConfigurations: [{ TopicArn: 'arn:aws:sns:us-east-1:000000000000:t', Events }] });
    expect((await refusalOf(topic)).name).toBe('NotImplemented');
  });
});
