import { createDynamoDbService } from '../../local/services/dynamodb/router';
import { createEventBridgeService } from '../../local/services/eventbridge/router';
import { createSqsService } from '../../local/services/sqs/router';
import { administrator } from '../../local/wire/gateway';
import { StepFunctionsBench } from '../support/step-functions';

/** Tasks of a machine against the services that the stacks use, each behind the same gateway. */
describe('service integrations of Step Functions', () => {
  const bench = new StepFunctionsBench();
  const { gateway } = bench;
  const admin = administrator(gateway.accountId);
  const call = (service: string, action: string, input: object) => gateway.call(admin, service, action, input);
  let queueUrl: string;

  beforeAll(async () => {
    gateway.boundTo('http://127.0.0.1:4566');
    gateway.register(createDynamoDbService(gateway), createSqsService(gateway), createEventBridgeService(gateway));
    await call('dynamodb', 'CreateTable', {
      TableName: 'orders',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      BillingMode: 'PAY_PER_REQUEST',
    });
    queueUrl = (await call('sqs', 'CreateQueue', { QueueName: 'review' })).QueueUrl;
  });
  afterAll(() => gateway.stop());

  async function task(resource: string, parameters: object) {
    const machine = await bench.create({
      QueryLanguage: 'JSONata',
      StartAt: 'Call',
      States: { Call: { Type: 'Task', Resource: `arn:aws:states:::${resource}`, Arguments: parameters, End: true } },
    });
    const { output, ...rest } = await bench.run(machine);
    return { ...rest, output: output && JSON.parse(output) };
  }

  const METADATA = {
    SdkHttpMetadata: expect.objectContaining({ HttpStatusCode: 200 }),
    SdkResponseMetadata: expect.any(Object),
  };

  it('writes, changes and reads items, with the metadata of the call', async () => {
    const Item = { id: { S: '1' }, n: { N: '1' } };
    expect((await task('dynamodb:putItem', { TableName: 'orders', Item })).output).toEqual(METADATA);
    const update = {
      TableName: 'orders',
      Key: { id: { S: '1' } },
      UpdateExpression: 'SET n = :two',
      ExpressionAttributeValues: { ':two': { N: '2' } },
      ReturnValues: 'UPDATED_NEW',
    };
    expect((await task('dynamodb:updateItem', update)).output).toEqual({ Attributes: { n: { N: '2' } }, ...METADATA });
    const { output } = await task('dynamodb:getItem', { TableName: 'orders', Key: { id: { S: '1' } } });
    expect(output).toEqual({ Item: { id: { S: '1' }, n: { N: '2' } }, ...METADATA });
  });

  it('gives the bare answer of an SDK integration', async () => {
    const { output } = await task('aws-sdk:dynamodb:getItem', { TableName: 'orders', Key: { id: { S: '1' } } });
    expect(output).toEqual({ Item: { id: { S: '1' }, n: { N: '2' } } });
    expect(
      (await task('aws-sdk:dynamodb:getItem', { TableName: 'orders', Key: { id: { S: 'none' } } })).output,
    ).toEqual({});
  });

  it('names a broken condition for the optimized and for the SDK integration', async () => {
    const put = { TableName: 'orders', Item: { id: { S: '1' } }, ConditionExpression: 'attribute_not_exists(id)' };
    expect(await task('dynamodb:putItem', put)).toMatchObject({
      error: 'DynamoDB.ConditionalCheckFailedException',
      cause: expect.stringMatching(
        /^The conditional request failed \(Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ConditionalCheckFailedException; /,
      ),
    });
    expect(await task('aws-sdk:dynamodb:putItem', put)).toMatchObject({
      error: 'DynamoDb.ConditionalCheckFailedException',
      cause: expect.stringMatching(/^The conditional request failed \(Service: DynamoDb, Status Code: 400, /),
    });
    const transaction = { TransactItems: [{ Put: put }, { Delete: { TableName: 'orders', Key: { id: { S: 'x' } } } }] };
    expect(await task('aws-sdk:dynamodb:transactWriteItems', transaction)).toMatchObject({
      error: 'DynamoDb.TransactionCanceledException',
      cause: expect.stringContaining('[ConditionalCheckFailed, None] (Service: DynamoDb, Status Code: 400'),
    });
  });

  it('names what the SDK has no class for after the service', async () => {
    expect((await task('aws-sdk:dynamodb:putItem', { TableName: 'orders', Item: {} })).error).toBe(
      'DynamoDb.DynamoDbException',
    );
    expect((await task('aws-sdk:dynamodb:putItem', { TableName: 'none', Item: { id: { S: '1' } } })).error).toBe(
      'DynamoDb.ResourceNotFoundException',
    );
  });

  it('sends messages, also written as JSON', async () => {
    const { output } = await task('sqs:sendMessage', { QueueUrl: queueUrl, MessageBody: { orderId: 'o-1' } });
    expect(output).toEqual({ MD5OfMessageBody: expect.any(String), MessageId: expect.any(String), ...METADATA });
    const { Messages } = await call('sqs', 'ReceiveMessage', { QueueUrl: queueUrl });
    expect(Messages[0].Body).toBe('{"orderId":"o-1"}');
  });

  it('fails for a message without a body as the SDK for Java 1 does', async () => {
    expect(await task('sqs:sendMessage', { QueueUrl: queueUrl, MessageBody: null })).toMatchObject({
      error: 'SQS.AmazonSQSException',
      cause: expect.stringMatching(
        /^The request must contain the parameter MessageBody\. \(Service: AmazonSQS; Status Code: 400; Error Code: MissingParameter; /,
      ),
    });
  });

  it('puts events, and fails for the whole call when one is refused', async () => {
    const entry = (Detail: unknown) => ({ Source: 'orders', DetailType: 'Placed', Detail });
    const { output } = await task('events:putEvents', { Entries: [entry({ orderId: 'o-1' })] });
    expect(output).toEqual({ Entries: [{ EventId: expect.any(String) }], FailedEntryCount: 0, ...METADATA });
    const refused = await task('events:putEvents', { Entries: [entry({ a: 1 }), entry('"text"')] });
    expect(refused.error).toBe('EventBridge.FailedEntry');
    expect(JSON.parse(refused.cause)).toEqual({
      Entries: [
        { EventId: expect.any(String) },
        { ErrorCode: 'MalformedDetail', ErrorMessage: 'Detail is malformed.' },
      ],
      FailedEntryCount: 1,
    });
  });

  it('calls Step Functions itself, with members in the capitals of the SDK', async () => {
    const child = await bench.create({ StartAt: 'A', States: { A: { Type: 'Succeed' } } });
    const { output } = await task('aws-sdk:sfn:startExecution', { StateMachineArn: child, Input: { n: 1 } });
    expect(output).toEqual({
      ExecutionArn: expect.stringContaining(':execution:'),
      StartDate: '2026-01-01T00:00:00.000Z',
    });
    expect((await bench.describe(output.ExecutionArn)).input).toBe('{"n":1}');
    expect(await task('aws-sdk:sfn:sendTaskFailure', { TaskToken: 'NoSuchTaskToken' })).toMatchObject({
      error: 'Sfn.InvalidTokenException',
      cause: expect.stringMatching(/^Invalid Token: 'Invalid token' \(Service: Sfn, Status Code: 400, /),
    });
  });
});
