import { administrator, type Gateway } from '../../../wire/gateway';

const BATCH_COUNT = 10;
const CHAIN = {
  StartAt: 'A',
  States: { A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'C' }, C: { Type: 'Succeed' } },
};

/** What a service is filled with, so that its memory can be told. */
export type Filling = 'messages' | 'items' | 'executions';

type Fill = (gateway: Gateway, count: number, roleArn: string) => Promise<void>;

/** Each puts so many things into a service, in process; `roleArn` is a role that Step Functions may assume. */
export const FILLINGS: Readonly<Record<Filling, Fill>> = {
  /** Of 100 characters each, in a standard queue. */
  messages: async (gateway, count) => {
    const call = caller(gateway, 'sqs');
    const { QueueUrl } = await call('CreateQueue', { QueueName: 'memory' });
    for (let from = 0; from < count; from += BATCH_COUNT) {
      const Entries = Array.from({ length: BATCH_COUNT }, (_, i) => ({
        Id: `m${i}`,
        MessageBody: `message ${from + i} `.padEnd(100, 'x'),
      }));
      await call('SendMessageBatch', { QueueUrl, Entries });
    }
  },
  /** Of a key, a number and 100 characters each. */
  items: async (gateway, count) => {
    const call = caller(gateway, 'dynamodb');
    await call('CreateTable', {
      TableName: 'memory',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    });
    for (let i = 0; i < count; i++) {
      const Item = { id: { S: `item-${i}` }, count: { N: String(i) }, text: { S: `${i} `.padEnd(100, 'x') } };
      await call('PutItem', { TableName: 'memory', Item });
    }
  },
  /** Finished, of three states, with their full history. */
  executions: async (gateway, count, roleArn) => {
    const call = caller(gateway, 'states');
    const definition = JSON.stringify(CHAIN);
    const { stateMachineArn } = await call('CreateStateMachine', { name: 'memory', definition, roleArn });
    for (let i = 0; i < count; i++) {
      const { executionArn } = await call('StartExecution', { stateMachineArn, input: `{"number":${i}}` });
      while ((await call('DescribeExecution', { executionArn })).status === 'RUNNING') {
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
  },
};

/** Calls as the administrator; what goes in is the caller's own, as what a request on the wire brings is. */
function caller(gateway: Gateway, service: string) {
  const root = administrator(gateway.accountId);
  return (action: string, input: object): Promise<any> =>
    gateway.call(root, service, action, JSON.parse(JSON.stringify(input)));
}
