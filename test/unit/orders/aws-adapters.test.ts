import { createDynamoCatalogue } from '../../../lambdas/orders/adapters/dynamo-catalogue';
import { createDynamoOrderReview } from '../../../lambdas/orders/adapters/dynamo-order-review';
import { createSfnOrderExecutions } from '../../../lambdas/orders/adapters/sfn-order-executions';
import { createSfnWorkflowStarter } from '../../../lambdas/orders/adapters/sfn-workflow-starter';
import { createSecretValue } from '../../../lambdas/shared/aws/secret-value';
import { createEventBridgeBus } from '../../../lambdas/shared/events/eventbridge-bus';
import { createSqsMessageQueue } from '../../../lambdas/shared/queue/sqs-message-queue';
import { createEmbeddedTables } from '../shared/embedded-tables';
import { turnedClock } from '../shared/turned-clock';

/** A client that keeps the inputs it was sent and answers each from a list. */
function scripted(...answers: unknown[]) {
  const inputs: any[] = [];
  return {
    inputs,
    send: async (command: { input: unknown }) => {
      inputs.push(command.input);
      const answer = answers.shift();
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
}

const named = (name: string) => Object.assign(new Error('as AWS says'), { name });

describe('the bus', () => {
  const events = Array.from({ length: 12 }, (_, index) => ({ source: 's', detailType: 't', detail: { index } }));

  it('puts ten events per call and tells which of them were not taken', async () => {
    const taken = { EventId: 'e' };
    const client = scripted(
      { FailedEntryCount: 1, Entries: [taken, { ErrorCode: 'ThrottlingException' }, ...Array(8).fill(taken)] },
      { FailedEntryCount: 0, Entries: [taken, taken] },
    );
    const answer = await createEventBridgeBus({ client, busName: 'orders' }).put(events);
    expect(answer.map((isTaken, index) => (isTaken ? -1 : index)).filter((index) => index >= 0)).toEqual([1]);
    expect(client.inputs.map(({ Entries }) => Entries.length)).toEqual([10, 2]);
    expect(client.inputs[0].Entries[0]).toEqual({
      EventBusName: 'orders',
      Source: 's',
      DetailType: 't',
      Detail: '{"index":0}',
    });
  });

  it('calls nobody when there is nothing to put', async () => {
    const client = scripted();
    expect(await createEventBridgeBus({ client, busName: 'orders' }).put([])).toEqual([]);
    expect(client.inputs).toEqual([]);
  });
});

describe('the workflow starter', () => {
  it('starts an execution by its name', async () => {
    const client = scripted({ executionArn: 'arn' });
    expect(await createSfnWorkflowStarter(client, 'machine').start('order-1', { a: 1 })).toBe('started');
    expect(client.inputs).toEqual([{ stateMachineArn: 'machine', name: 'order-1', input: '{"a":1}' }]);
  });

  it('takes an execution that exists for a success', async () => {
    const starter = createSfnWorkflowStarter(scripted(named('ExecutionAlreadyExists')), 'machine');
    expect(await starter.start('order-1', {})).toBe('exists');
  });

  it.each(['InvalidName', 'InvalidExecutionInput', 'ValidationException'])('rejects for good on %s', async (name) => {
    const starter = createSfnWorkflowStarter(scripted(named(name)), 'machine');
    await expect(starter.start('order-1', {})).rejects.toMatchObject({ name: 'StartRefused' });
  });

  it.each(['ThrottlingException', 'ExecutionLimitExceeded', 'AccessDeniedException', 'StateMachineDoesNotExist'])(
    'fails with %s, so that the message comes again',
    async (name) => {
      const starter = createSfnWorkflowStarter(scripted(named(name)), 'machine');
      await expect(starter.start('order-1', {})).rejects.toMatchObject({ name });
    },
  );
});

describe('the message queue', () => {
  it('sends the body as it is, with text attributes', async () => {
    const client = scripted({ MessageId: 'm' });
    await createSqsMessageQueue(client, 'url').send('body', { reason: 'why' });
    expect(client.inputs).toEqual([
      {
        QueueUrl: 'url',
        MessageBody: 'body',
        MessageAttributes: { reason: { DataType: 'String', StringValue: 'why' } },
      },
    ]);
  });
});

describe('the catalogue', () => {
  it('reads what DynamoDB left unread in another round', async () => {
    const clock = turnedClock();
    const item = (sku: string) => ({ sku: { S: sku }, unitPriceCents: { N: '5' } });
    const client = scripted(
      { Responses: { stock: [item('a')] }, UnprocessedKeys: { stock: { Keys: [{ sku: { S: 'b' } }] } } },
      { Responses: { stock: [item('b')] } },
    );
    const reading = createDynamoCatalogue({ client, tableName: 'stock', clock }).prices(['a', 'b', 'c']);
    await clock.simulated.turn(1000);
    expect([...(await reading).keys()]).toEqual(['a', 'b']);
    expect(client.inputs[1].RequestItems.stock.Keys).toEqual([{ sku: { S: 'b' } }]);
  });

  it('fails when DynamoDB keeps leaving products unread', async () => {
    const clock = turnedClock();
    const unread = { UnprocessedKeys: { stock: { Keys: [{ sku: { S: 'a' } }] } } };
    const client = scripted(unread, unread, unread, unread);
    const reading = createDynamoCatalogue({ client, tableName: 'stock', clock })
      .prices(['a'])
      .catch((error: Error) => error.message);
    await clock.simulated.turn(10_000);
    expect(await reading).toContain('left 1 products unread');
  });
});

describe('the review of an order', () => {
  it('gives an order without an end the end OrderNeedsReview, and keeps an end that it has', async () => {
    const clock = turnedClock();
    const tables = await createEmbeddedTables(clock.simulated);
    const needsReview = createDynamoOrderReview({ client: tables.client, tableName: 'orders', clock });
    await tables.put('orders', { orderId: 'a', status: 'OrderCancelling' });
    await tables.put('orders', { orderId: 'b', status: 'OrderCompensated' });
    for (const orderId of ['a', 'b', 'c']) await needsReview(orderId, 'UndoFailed');
    const rows = await Promise.all(['a', 'b', 'c'].map((orderId) => tables.get('orders', { orderId })));
    expect(rows.map((row) => row?.status)).toEqual(['OrderNeedsReview', 'OrderCompensated', 'OrderNeedsReview']);
  });
});

describe('a secret', () => {
  it.each([' sk_1 \n', '{"apiKey":"sk_1"}'])('is read once, as text or under its member: %j', async (SecretString) => {
    const client = scripted({ SecretString });
    const secret = createSecretValue(client, 'arn', 'apiKey');
    expect(await Promise.all([secret(), secret()])).toEqual(['sk_1', 'sk_1']);
    expect(client.inputs).toEqual([{ SecretId: 'arn' }]);
  });

  it('is read again after a failed reading', async () => {
    const secret = createSecretValue(scripted(named('ThrottlingException'), { SecretString: 'sk_1' }), 'arn', 'apiKey');
    await expect(secret()).rejects.toThrow('as AWS says');
    expect(await secret()).toBe('sk_1');
  });

  it.each(['', '{"other":"sk_1"}', '{broken'])('fails on %j without showing it', async (SecretString) => {
    const secret = createSecretValue(scripted({ SecretString }), 'arn', 'apiKey');
    await expect(secret()).rejects.toThrow(/^The secret arn has no text under "apiKey"/);
  });
});

describe('the executions of orders', () => {
  const machines = {
    ordersMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:saga',
    undoMachineArn: 'arn:aws:states:us-east-1:000000000000:stateMachine:undo',
  };
  const execution = (name: string, startMs = 5_000) => ({ name, startDate: new Date(startMs) });
  const all = async (ids: AsyncIterable<string>) => {
    const found: string[] = [];
    for await (const id of ids) found.push(id);
    return found;
  };

  it('that run are listed from both machines, page by page, without their data', async () => {
    const client = scripted(
      { executions: [execution('o-1')], nextToken: 'more' },
      { executions: [execution('o-2')] },
      { executions: [execution('o-3.undo2'), execution('not an order!')] },
    );
    const running = await createSfnOrderExecutions({ client, ...machines }).running();
    expect([...running]).toEqual(['o-1', 'o-2', 'o-3']);
    expect(client.inputs.map(({ stateMachineArn, nextToken }) => [stateMachineArn.slice(-4), nextToken])).toEqual([
      ['saga', undefined],
      ['saga', 'more'],
      ['undo', undefined],
    ]);
    expect(client.inputs[0]).toMatchObject({ statusFilter: 'RUNNING', maxResults: 1000 });
  });

  it('that died are listed back to a moment, and no further', async () => {
    const none = { executions: [] };
    const client = scripted(
      { executions: [execution('o-1'), execution('o-2', 999)], nextToken: 'older' },
      ...Array(5).fill(none),
    );
    expect(await all(createSfnOrderExecutions({ client, ...machines }).died(1_000))).toEqual(['o-1']);
    expect(client.inputs.map(({ statusFilter }) => statusFilter)).toEqual([
      ...['FAILED', 'FAILED', 'TIMED_OUT', 'TIMED_OUT', 'ABORTED', 'ABORTED'],
    ]);
  });

  it('are described without their data, which is encrypted; one that is not there is none', async () => {
    const stopDate = new Date(7_000);
    const client = scripted(
      { status: 'ABORTED', stopDate },
      named('ExecutionDoesNotExist'),
      named('ThrottlingException'),
    );
    const executions = createSfnOrderExecutions({ client, ...machines });
    const executionArn = 'arn:aws:states:us-east-1:000000000000:execution:undo:o-1.undo1';
    expect(await executions.find('o-1', 1)).toEqual({ executionArn, status: 'ABORTED', stoppedAt: 7_000 });
    expect(client.inputs[0]).toEqual({ executionArn, includedData: 'METADATA_ONLY' });
    expect(await executions.find('o-1', 0)).toBeUndefined();
    await expect(executions.find('o-1', 0)).rejects.toMatchObject({ name: 'ThrottlingException' });
  });
});
