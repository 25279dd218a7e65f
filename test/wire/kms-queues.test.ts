import {
  CreateKeyCommand,
  DisableKeyCommand,
  EnableKeyCommand,
  PutKeyPolicyCommand,
  ScheduleKeyDeletionCommand,
} from '@aws-sdk/client-kms';
import {
  CreateQueueCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { createEventBridgeService } from '../../local/services/eventbridge/router';
import { createSqsService } from '../../local/services/sqs/router';
import { ACCOUNT, KmsAccount, keyPolicy, roleArn } from '../support/kms-account';

const account = new KmsAccount();
const queueArn = (name: string) => `arn:aws:sqs:us-east-1:${ACCOUNT}:${name}`;
const onQueues = { Effect: 'Allow', Action: 'sqs:*', Resource: '*' };
const onKeys = (...actions: string[]) => ({ Effect: 'Allow', Action: actions, Resource: '*' });
let sqs: SQSClient;
let keyId: string;
let keyArn: string;
let sequence = 0;

beforeAll(async () => {
  await account.start((host) => [createSqsService(host), createEventBridgeService(host)]);
  sqs = new SQSClient(account.running.client);
  await account.addRole('sender', onQueues, onKeys('kms:GenerateDataKey', 'kms:Decrypt'));
  await account.addRole('half-sender', onQueues, onKeys('kms:GenerateDataKey'));
  await account.addRole('receiver', onQueues, onKeys('kms:Decrypt'));
  await account.addRole('stranger', onQueues);
});
afterAll(async () => {
  sqs.destroy();
  await account.stop();
});

beforeEach(async () => {
  const { KeyMetadata } = await account.kms.send(new CreateKeyCommand({}));
  keyId = KeyMetadata!.KeyId!;
  keyArn = KeyMetadata!.Arn!;
});

const createQueue = async (KmsMasterKeyId?: string, more: Record<string, string> = {}) => {
  const Attributes = { ...more, ...(KmsMasterKeyId && { KmsMasterKeyId }) };
  return (await sqs.send(new CreateQueueCommand({ QueueName: `queue-${++sequence}`, Attributes }))).QueueUrl!;
};
const as = async <Answer>(role: string, work: (client: SQSClient) => Promise<Answer>) => {
  const client = new SQSClient(account.as(role));
  try {
    return await work(client);
  } finally {
    client.destroy();
  }
};
const send = (role: string, QueueUrl: string) =>
  as(role, (client) => client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' })));
const receive = (role: string, QueueUrl: string, more: object = {}) =>
  as(role, async (client) => (await client.send(new ReceiveMessageCommand({ QueueUrl, ...more }))).Messages ?? []);

describe('a queue with a KMS key', () => {
  it('takes messages of whoever may generate data keys and decrypt them', async () => {
    const url = await createQueue(keyId);
    await expect(send('sender', url)).resolves.toHaveProperty('MessageId');
    await expect(send('half-sender', url)).rejects.toMatchObject({ name: 'KmsAccessDenied' });
    const refused = await send('stranger', url).catch((error) => error);
    expect(refused).toMatchObject({ name: 'KmsAccessDenied', Code: 'KMS.AccessDeniedException' });
    expect(refused.message).toMatch(
      new RegExp(
        `^User: arn:aws:sts::${ACCOUNT}:assumed-role/stranger/session is not authorized to perform: kms:GenerateDataKey ` +
          `on resource: ${keyArn} because no identity-based policy allows the kms:GenerateDataKey action ` +
          '\\(Service: AWSKMS; Status Code: 400; Error Code: AccessDeniedException; Request ID: [0-9a-f-]+; Proxy: null\\)$',
      ),
    );
  });

  it('refuses a batch as a whole', async () => {
    const QueueUrl = await createQueue(keyId);
    const Entries = ['a', 'b'].map((Id) => ({ Id, MessageBody: Id }));
    const batch = new SendMessageBatchCommand({ QueueUrl, Entries });
    await expect(as('stranger', (client) => client.send(batch))).rejects.toMatchObject({
      name: 'KmsAccessDenied',
    });
    expect((await as('sender', (client) => client.send(batch))).Successful).toHaveLength(2);
    expect(await receive('receiver', QueueUrl, { MaxNumberOfMessages: 10 })).toHaveLength(2);
  });

  it('gives messages to whoever may decrypt, and keeps them for them', async () => {
    const url = await createQueue(keyId);
    await send('sender', url);
    await expect(receive('stranger', url)).rejects.toMatchObject({ name: 'KmsAccessDenied' });
    expect(await receive('receiver', url)).toMatchObject([{ Body: 'hello' }]);
    expect(await receive('stranger', url)).toEqual([]);
  });

  it.each(['receiver', 'stranger'])('asks at the end of a long poll as well (of the %s)', async (role) => {
    const url = await createQueue(keyId);
    const deadlineMs = account.clock.now() + 20_000;
    const waiting = receive(role, url, { WaitTimeSeconds: 20 }).then(
      ([message]) => message?.Body,
      (error) => error.name,
    );
    while (account.clock.nextAt() !== deadlineMs) await new Promise((resolve) => setImmediate(resolve));
    await send('sender', url);
    expect(await waiting).toBe(role === 'receiver' ? 'hello' : 'KmsAccessDenied');
  });

  it('passes on the state of the key', async () => {
    const url = await createQueue(keyId);
    await send('sender', url);
    await account.kms.send(new DisableKeyCommand({ KeyId: keyId }));
    await expect(send('sender', url)).rejects.toMatchObject({ name: 'KmsDisabled' });
    await expect(receive('receiver', url)).rejects.toMatchObject({ name: 'KmsDisabled' });
    await account.kms.send(new EnableKeyCommand({ KeyId: keyId }));
    expect(await receive('receiver', url)).toHaveLength(1);
    await account.kms.send(new ScheduleKeyDeletionCommand({ KeyId: keyId }));
    await expect(send('sender', url)).rejects.toMatchObject({ name: 'KmsInvalidState' });
    await expect(send('sender', await createQueue('alias/none'))).rejects.toMatchObject({
      name: 'KmsNotFound',
    });
  });

  it('calls through SQS, in the context of its ARN', async () => {
    const url = await createQueue(keyId);
    const arn = queueArn(url.split('/').pop()!);
    const put = (via: string, context: string) => {
      const Condition = { StringEquals: { 'kms:ViaService': via, 'kms:EncryptionContext:aws:sqs:arn': context } };
      const Principal = { AWS: roleArn('stranger') };
      const Policy = keyPolicy({ Effect: 'Allow', Principal, Action: 'kms:*', Resource: '*', Condition });
      return account.kms.send(new PutKeyPolicyCommand({ KeyId: keyId, Policy }));
    };
    await put('sqs.us-east-1.amazonaws.com', arn);
    await expect(send('stranger', url)).resolves.toBeDefined();
    await put('sns.us-east-1.amazonaws.com', arn);
    await expect(send('stranger', url)).rejects.toMatchObject({ name: 'KmsAccessDenied' });
    await put('sqs.us-east-1.amazonaws.com', queueArn('other'));
    await expect(send('stranger', url)).rejects.toMatchObject({ name: 'KmsAccessDenied' });
  });

  it('under the key of AWS asks nothing of those who may use the queue', async () => {
    const url = await createQueue('alias/aws/sqs');
    await send('stranger', url);
    expect(await receive('stranger', url)).toHaveLength(1);
  });

  it('leaves messages as they were when its encryption changes', async () => {
    const QueueUrl = await createQueue();
    await send('stranger', QueueUrl);
    const Attributes = { KmsMasterKeyId: keyId };
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes }));
    await send('sender', QueueUrl);
    expect(await receive('stranger', QueueUrl)).toHaveLength(1);
    await expect(receive('stranger', QueueUrl)).rejects.toMatchObject({ name: 'KmsAccessDenied' });
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { KmsMasterKeyId: '' } }));
    await expect(receive('stranger', QueueUrl)).rejects.toMatchObject({ name: 'KmsAccessDenied' });
  });

  it('lets dead letters go without asking, and they stay encrypted', async () => {
    const dead = await createQueue();
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn(dead.split('/').pop()!), maxReceiveCount: 1 });
    const url = await createQueue(keyId, { RedrivePolicy });
    await send('sender', url);
    expect(await receive('receiver', url, { VisibilityTimeout: 0 })).toHaveLength(1);
    expect(await receive('stranger', url)).toEqual([]);
    await expect(receive('stranger', dead)).rejects.toMatchObject({ name: 'KmsAccessDenied' });
    expect(await receive('receiver', dead)).toHaveLength(1);
  });
});

describe('a rule that delivers to a queue with a KMS key', () => {
  const events = { Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Resource: '*' };

  it.each([true, false])('needs the key policy (EventBridge is named: %s)', async (isNamed) => {
    const url = await createQueue(keyId);
    const arn = queueArn(url.split('/').pop()!);
    const Policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ ...events, Action: 'sqs:SendMessage' }] });
    await sqs.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { Policy } }));
    if (isNamed) {
      const named = keyPolicy(
        { ...events, Action: ['kms:GenerateDataKey', 'kms:Decrypt'] },
        { Effect: 'Allow', Principal: { AWS: roleArn('receiver') }, Action: 'kms:Decrypt', Resource: '*' },
      );
      await account.kms.send(new PutKeyPolicyCommand({ KeyId: keyId, Policy: named }));
    }
    const Name = `rule-${sequence}`;
    await call('events', 'PutRule', { Name, EventPattern: JSON.stringify({ source: [Name] }) });
    await call('events', 'PutTargets', { Rule: Name, Targets: [{ Id: 't', Arn: arn }] });
    await call('events', 'PutEvents', { Entries: [{ Source: Name, DetailType: 'x', Detail: '{}' }] });
    await account.clock.turn(1000);
    expect(await receive('receiver', url)).toHaveLength(isNamed ? 1 : 0);
  });
});

function call(service: string, action: string, input: object): Promise<any> {
  const { gateway } = account.running;
  return gateway.call(gateway.identify(''), service, action, input);
}
