import {
  AddPermissionCommand,
  RemovePermissionCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { SqsUnderTest } from '../support/sqs-client';

let under: SqsUnderTest;
let sqs: SQSClient;
let QueueUrl: string;

beforeEach(async () => {
  under = new SqsUnderTest();
  await under.start();
  sqs = under.sqs;
  QueueUrl = await under.createQueue('orders');
});

afterEach(() => under.stop());

describe('a standard queue with groups', () => {
  it('delivers others first once a group holds much of what is in flight, and forgets none', async () => {
    for (let batch = 0; batch < 5; batch++) {
      const Entries = [...Array(10).keys()].map((n) => ({
        Id: `${n}`,
        MessageBody: `noisy${batch * 10 + n}`,
        MessageGroupId: 'noisy',
      }));
      await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
    }
    await under.send(QueueUrl, 'quiet', { MessageGroupId: 'quiet' });
    await under.send(QueueUrl, 'nobody');
    for (let i = 0; i < 3; i++) await under.receive(QueueUrl);
    const [fourth, fifth] = [await under.receive(QueueUrl), await under.receive(QueueUrl)];
    expect(fourth.slice(0, 3).map((message) => message.Body)).toEqual(['quiet', 'nobody', 'noisy30']);
    expect(fourth.length + fifth.length).toBe(20);
  });
});

describe('permissions', () => {
  const policy = async () => JSON.parse((await under.attribute(QueueUrl, 'Policy')) ?? 'null');
  const add = (Label: string, Actions = ['SendMessage'], AWSAccountIds = ['111122223333']) =>
    sqs.send(new AddPermissionCommand({ QueueUrl, Label, AWSAccountIds, Actions }));

  it('are statements of the queue policy that are added and removed by their label', async () => {
    await add('one');
    await add('two', ['ReceiveMessage', 'DeleteMessage'], ['111122223333', '444455556666']);
    expect((await policy()).Statement).toEqual([
      {
        Sid: 'one',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:root' },
        Action: 'SQS:SendMessage',
        Resource: 'arn:aws:sqs:us-east-1:000000000000:orders',
      },
      expect.objectContaining({ Sid: 'two', Action: ['SQS:ReceiveMessage', 'SQS:DeleteMessage'] }),
    ]);
    await sqs.send(new RemovePermissionCommand({ QueueUrl, Label: 'one' }));
    expect((await policy()).Statement).toHaveLength(1);
    await sqs.send(new RemovePermissionCommand({ QueueUrl, Label: 'two' }));
    expect(await policy()).toBeNull();
  });

  it('rejects a label twice, one that is not there, an action of the owner, and more than seven', async () => {
    await add('one');
    await expect(add('one')).rejects.toMatchObject({ message: expect.stringContaining('Already exists.') });
    await expect(add('two', ['DeleteQueue'])).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await expect(add('two', Array(8).fill('SendMessage'))).rejects.toMatchObject({ name: 'OverLimit' });
    await expect(sqs.send(new RemovePermissionCommand({ QueueUrl, Label: 'two' }))).rejects.toMatchObject({
      message: expect.stringContaining("can't find label on existing policy"),
    });
  });
});
