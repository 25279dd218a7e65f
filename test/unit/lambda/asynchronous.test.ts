import { createEventBridgeService } from '../../../local/services/eventbridge/router';
import { recordingService } from '../../support/recording-service';
import { type SimulatedLambda, startSimulatedLambda } from './simulated-lambda';

const MINUTE_MS = 60_000;
const FAIL = "(() => { throw new Error('always'); })()";
const queueArn = (name: string) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
let aws: SimulatedLambda;
let topic: ReturnType<typeof recordingService>;

beforeEach(async () => {
  topic = recordingService('sns', { Publish: () => ({ MessageId: '1' }) });
  aws = await startSimulatedLambda((host) => [createEventBridgeService(host), topic]);
  await aws.call('sqs', 'CreateQueue', { QueueName: 'results' });
});

afterEach(() => aws.close());

const invoke = (FunctionName: string, event: unknown) =>
  aws.call('lambda', 'Invoke', { FunctionName, InvocationType: 'Event', Payload: JSON.stringify(event) });

async function results(): Promise<any[]> {
  const QueueUrl = `${aws.running.url}/000000000000/results`;
  const input = { QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] };
  const { Messages = [] } = await aws.call('sqs', 'ReceiveMessage', input);
  return Messages;
}

const configure = (FunctionName: string, config: object) =>
  aws.call('lambda', 'PutFunctionEventInvokeConfig', { FunctionName, ...config });

describe('an asynchronous invocation', () => {
  it('is accepted at once and runs afterwards', async () => {
    await aws.recorder('worker');
    const answer = await invoke('worker', { n: 1 });
    expect([answer.StatusCode, answer.Payload.length]).toEqual([202, 0]);
    expect(await aws.recorded('worker')).toEqual([]);
    await aws.turn(1);
    expect(await aws.recorded('worker')).toEqual([{ n: 1 }]);
  });

  it('is tried again after one minute and after two more', async () => {
    await aws.recorder('worker', FAIL);
    await invoke('worker', {});
    const counts: number[] = [];
    for (const durationMs of [1000, MINUTE_MS - 2000, 2000, 2 * MINUTE_MS - 3000, 5000, 10 * MINUTE_MS]) {
      await aws.turn(durationMs);
      counts.push((await aws.recorded('worker')).length);
    }
    expect(counts).toEqual([1, 1, 2, 2, 3, 3]);
    expect(aws.metrics.filter(({ name }) => name === 'AsyncEventsDropped').length).toBe(1);
  });

  it('hands a success to its destination', async () => {
    await aws.recorder('worker', '({ done: true })');
    await configure('worker', { DestinationConfig: { OnSuccess: { Destination: queueArn('results') } } });
    await invoke('worker', { n: 1 });
    await aws.turn(10);
    const [message] = await results();
    expect(JSON.parse(message.Body)).toEqual({
      version: '1.0',
      timestamp: expect.stringMatching(/^2026-01-01T/),
      requestContext: {
        requestId: expect.any(String),
        functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:worker:$LATEST',
        condition: 'Success',
        approximateInvokeCount: 1,
      },
      requestPayload: { n: 1 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST' },
      responsePayload: { done: true },
    });
  });

  it('publishes what became of it on a topic', async () => {
    const TargetArn = 'arn:aws:sns:us-east-1:000000000000:failures';
    await aws.recorder('worker', FAIL, { DeadLetterConfig: { TargetArn } });
    await configure('worker', {
      MaximumRetryAttempts: 0,
      DestinationConfig: { OnFailure: { Destination: TargetArn } },
    });
    await invoke('worker', { n: 1 });
    await aws.turn(10);
    const [letter, record] = topic.calls.map(({ input }) => input);
    expect(letter).toMatchObject({
      TopicArn: TargetArn,
      Message: '{"n":1}',
      MessageAttributes: { ErrorMessage: { DataType: 'String', StringValue: 'always' } },
    });
    expect(JSON.parse(record.Message)).toMatchObject({ requestContext: { condition: 'RetriesExhausted' } });
  });

  it('hands a failure to its destination once its retries are used up', async () => {
    await aws.recorder('worker', FAIL);
    await configure('worker', {
      MaximumRetryAttempts: 1,
      DestinationConfig: { OnFailure: { Destination: queueArn('results') } },
    });
    await invoke('worker', { n: 1 });
    await aws.turn(MINUTE_MS - 1000);
    expect(await results()).toEqual([]);
    await aws.turn(2000);
    const record = JSON.parse((await results())[0].Body);
    expect(record).toMatchObject({
      requestContext: { condition: 'RetriesExhausted', approximateInvokeCount: 2 },
      responseContext: { functionError: 'Unhandled' },
      responsePayload: { errorType: 'Error', errorMessage: 'always' },
    });
  });

  it('is dropped when its next attempt would come too late', async () => {
    await aws.recorder('worker', FAIL);
    await configure('worker', {
      MaximumEventAgeInSeconds: 90,
      DestinationConfig: { OnFailure: { Destination: queueArn('results') } },
    });
    await invoke('worker', {});
    await aws.turn(10 * MINUTE_MS);
    expect((await aws.recorded('worker')).length).toBe(2);
    expect(JSON.parse((await results())[0].Body).requestContext.condition).toBe('EventAgeExceeded');
  });

  it('leaves the event in the dead letter queue with what went wrong', async () => {
    await aws.recorder('worker', FAIL, { DeadLetterConfig: { TargetArn: queueArn('results') } });
    await configure('worker', { MaximumRetryAttempts: 0 });
    await invoke('worker', { n: 1 });
    await aws.turn(10);
    const [message] = await results();
    expect(JSON.parse(message.Body)).toEqual({ n: 1 });
    expect(message.MessageAttributes).toMatchObject({
      RequestID: { StringValue: expect.any(String), DataType: 'String' },
      ErrorCode: { StringValue: '200', DataType: 'Number' },
      ErrorMessage: { StringValue: 'always', DataType: 'String' },
    });
  });

  it('waits for its turn under a concurrency limit without spending a retry', async () => {
    await aws.recorder('worker', 'undefined', { ReservedConcurrentExecutions: 0 });
    await invoke('worker', { n: 1 });
    await aws.turn(30_000);
    await aws.call('lambda', 'DeleteFunctionConcurrency', { FunctionName: 'worker' });
    await aws.turn(5 * MINUTE_MS);
    expect(await aws.recorded('worker')).toEqual([{ n: 1 }]);
  });

  it('tells another function and an event bus what became of it', async () => {
    await aws.recorder('worker');
    await aws.recorder('next');
    await aws.recorder('listener');
    const arn = (name: string) => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
    await configure('worker', { DestinationConfig: { OnSuccess: { Destination: arn('next') } } });
    await configure('next', {
      DestinationConfig: { OnSuccess: { Destination: 'arn:aws:events:us-east-1:000000000000:event-bus/default' } },
    });
    await aws.call('events', 'PutRule', { Name: 'results', EventPattern: '{"source":["lambda"]}' });
    await aws.call('events', 'PutTargets', { Rule: 'results', Targets: [{ Id: '1', Arn: arn('listener') }] });
    await invoke('worker', { n: 1 });
    await aws.turn(1000);
    expect(await aws.recorded('next')).toMatchObject([{ requestContext: { condition: 'Success' } }]);
    expect(await aws.recorded('listener')).toMatchObject([
      {
        source: 'lambda',
        'detail-type': 'Lambda Function Invocation Result - Success',
        detail: { requestContext: { functionArn: `${arn('next')}:$LATEST` } },
      },
    ]);
  });

  it('rejects a destination that is not emulated', async () => {
    await aws.recorder('worker');
    const config = { DestinationConfig: { OnFailure: { Destination: 'arn:aws:s3:::failures' } } };
    await expect(configure('worker', config)).rejects.toThrow(/arn:aws:s3:::failures is not emulated/);
  });
});
