import { createEventBridgeService } from '../../local/services/eventbridge/router';
import { createSnsService } from '../../local/services/sns/router';
import { createSqsService } from '../../local/services/sqs/router';
import { createXRayService } from '../../local/services/xray/router';
import { administrator } from '../../local/wire/gateway';
import { type RecordedCall, recordingService } from '../support/recording-service';
import { StepFunctionsBench } from '../support/step-functions';

const TRACED = { tracingConfiguration: { enabled: true } };
const ROOT = '1-69570000-0123456789abcdef01234567';
const PARENT = 'aaaaaaaaaaaaaaaa';
const SAMPLED = `Root=${ROOT};Parent=${PARENT};Sampled=1`;

let bench: StepFunctionsBench;
let lambda: ReturnType<typeof recordingService>;
let queueUrl: string;

/** Any call of any service, with the tracing header of whoever makes it. */
const call = (service: string, action: string, input: object, traceHeader?: string) =>
  bench.gateway.call(administrator(bench.gateway.accountId), service, action, input, undefined, traceHeader);

beforeEach(async () => {
  lambda = recordingService('lambda', { Invoke: () => ({ StatusCode: 200, Payload: Buffer.from('{}') }) });
  bench = new StepFunctionsBench(lambda);
  const { gateway } = bench;
  gateway.boundTo('http://127.0.0.1:4566');
  gateway.register(createXRayService(gateway), createSqsService(gateway), createSnsService(gateway));
  gateway.register(createEventBridgeService(gateway));
  queueUrl = (await call('sqs', 'CreateQueue', { QueueName: 'asked' })).QueueUrl;
});

afterEach(() => bench.gateway.stop());

const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:charge';
const CHARGE = { Type: 'Task', Resource: FUNCTION, TimeoutSeconds: 30, Next: 'Ask' };
const ASK = {
  Type: 'Task',
  Resource: 'arn:aws:states:::sqs:sendMessage',
  Arguments: { QueueUrl: 'http://127.0.0.1:4566/000000000000/asked', MessageBody: 'who may?' },
  End: true,
};
const ORDER = { QueryLanguage: 'JSONata', StartAt: 'Charge', States: { Charge: CHARGE, Ask: ASK } };

const segmentsOf = async (traceId: string): Promise<any[]> => {
  await bench.clock.turn(0);
  const { Traces } = await call('xray', 'BatchGetTraces', { TraceIds: [traceId] });
  return (Traces[0]?.Segments ?? []).map(({ Document }: { Document: string }) => JSON.parse(Document));
};

/** Runs an order machine that is called with a header. */
const run = async (header: string | undefined, more: object = TRACED, definition: object = ORDER) => {
  const stateMachineArn = await bench.create(definition, more);
  const { executionArn } = await call('states', 'StartExecution', { stateMachineArn }, header);
  for (let turn = 0; turn < 20; turn++) await bench.clock.turn(0);
  return bench.describe(executionArn);
};

const headerOf = ({ call: { traceHeader } }: RecordedCall) => traceHeader;

describe('an execution that is traced', () => {
  it('has a segment below its caller, with a subsegment for each state and for each service that it calls', async () => {
    const { executionArn, traceHeader } = await run(SAMPLED);
    expect(traceHeader).toBe(SAMPLED);
    expect(await segmentsOf(ROOT)).toEqual([
      {
        id: expect.stringMatching(/^[0-9a-f]{16}$/),
        trace_id: ROOT,
        parent_id: PARENT,
        name: 'machine-1',
        origin: 'AWS::StepFunctions::StateMachine',
        resource_arn: 'arn:aws:states:us-east-1:000000000000:stateMachine:machine-1',
        start_time: expect.any(Number),
        end_time: expect.any(Number),
        aws: { execution_arn: executionArn },
        subsegments: [
          expect.objectContaining({
            name: 'Charge',
            subsegments: [expect.objectContaining({ name: 'Lambda', namespace: 'aws', aws: { operation: 'Invoke' } })],
          }),
          expect.objectContaining({
            name: 'Ask',
            subsegments: [expect.objectContaining({ name: 'SQS', aws: { operation: 'SendMessage' } })],
          }),
        ],
      },
    ]);
  });

  it('hands the trace to functions and queues, from the subsegment that calls', async () => {
    await run(SAMPLED);
    const [machine] = await segmentsOf(ROOT);
    const [charge, ask] = machine.subsegments.map(({ subsegments }: any) => subsegments[0].id);
    expect(lambda.calls.map(headerOf)).toEqual([`Root=${ROOT};Parent=${charge};Sampled=1`]);
    const received = { QueueUrl: queueUrl, MessageSystemAttributeNames: ['All'] };
    const { Messages } = await call('sqs', 'ReceiveMessage', received);
    expect(Messages[0].Attributes.AWSTraceHeader).toBe(`Root=${ROOT};Parent=${ask};Sampled=1`);
  });

  it('begins a trace of its own when nobody calls with one', async () => {
    const { traceHeader } = await run(undefined);
    expect(traceHeader).toMatch(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Sampled=1$/);
    const [machine] = await segmentsOf(/Root=([^;]+)/.exec(traceHeader)![1]!);
    expect(machine).not.toHaveProperty('parent_id');
  });

  it('is in progress until it has ended', async () => {
    const wait = { StartAt: 'Rest', States: { Rest: { Type: 'Wait', Seconds: 60, End: true } } };
    await run(SAMPLED, TRACED, wait);
    const rest = { name: 'Rest', in_progress: true };
    expect(await segmentsOf(ROOT)).toMatchObject([{ in_progress: true, subsegments: [rest] }]);
    await bench.clock.turn(60_000);
    const [machine] = await segmentsOf(ROOT);
    expect(machine).not.toHaveProperty('in_progress');
    expect(machine.end_time - machine.start_time).toBeCloseTo(60);
  });

  it('names the error of what failed, and says nothing of its cause', async () => {
    lambda.actions.Invoke!.handle = () => ({
      StatusCode: 200,
      FunctionError: 'Unhandled',
      Payload: Buffer.from(JSON.stringify({ errorType: 'CardDeclined', errorMessage: 'card 4242 of Ada' })),
    });
    await run(SAMPLED);
    const [machine] = await segmentsOf(ROOT);
    expect(machine).toMatchObject({ fault: true, cause: { exceptions: [{ type: 'CardDeclined' }] } });
    expect(machine.subsegments).toMatchObject([
      {
        name: 'Charge',
        fault: true,
        subsegments: [{ fault: true, cause: { exceptions: [{ type: 'CardDeclined' }] } }],
      },
    ]);
    expect(JSON.stringify(machine)).not.toMatch(/4242|Ada/);
  });

  it('shows what a state does again, and the states of branches within the state that has them', async () => {
    const retry = [{ ErrorEquals: ['States.ALL'], MaxAttempts: 1, IntervalSeconds: 1 }];
    let calls = 0;
    lambda.actions.Invoke!.handle = () =>
      ++calls === 1
        ? { StatusCode: 200, FunctionError: 'Unhandled', Payload: Buffer.from('{"errorType":"Busy"}') }
        : { StatusCode: 200, Payload: Buffer.from('{}') };
    const branch = { StartAt: 'Charge', States: { Charge: { ...CHARGE, Next: undefined, End: true, Retry: retry } } };
    const both = {
      QueryLanguage: 'JSONata',
      StartAt: 'Both',
      States: { Both: { Type: 'Parallel', Branches: [branch], Next: 'Done' }, Done: { Type: 'Pass', End: true } },
    };
    await run(SAMPLED, TRACED, both);
    await bench.clock.turn(5_000);
    const [machine] = await segmentsOf(ROOT);
    expect(machine).not.toHaveProperty('fault');
    expect(machine.subsegments).toMatchObject([
      {
        name: 'Both',
        subsegments: [{ name: 'Charge', subsegments: [{ name: 'Lambda', fault: true }, { name: 'Lambda' }] }],
      },
      { name: 'Done', subsegments: [] },
    ]);
  });

  it('is found among the traces of an Express machine too', async () => {
    const pass = { StartAt: 'Done', States: { Done: { Type: 'Pass', End: true } } };
    const stateMachineArn = await bench.create(pass, { ...TRACED, type: 'EXPRESS' });
    const answer = await call('states', 'StartSyncExecution', { stateMachineArn }, SAMPLED);
    expect(answer.traceHeader).toBe(SAMPLED);
    expect(await segmentsOf(ROOT)).toMatchObject([{ parent_id: PARENT, subsegments: [{ name: 'Done' }] }]);
  });
});

describe('an execution that is not traced', () => {
  it.each<[string, string | undefined, object]>([
    ['its caller’s trace is not recorded', `Root=${ROOT};Sampled=0`, TRACED],
    ['its machine is not traced, and its caller has not decided', `Root=${ROOT}`, {}],
  ])('writes nothing when %s, and hands the decision on', async (_, header, more) => {
    await run(header, more);
    expect(await segmentsOf(ROOT)).toEqual([]);
    expect(lambda.calls.map(headerOf)).toEqual([header]);
  });

  it('is traced all the same when its caller says so', async () => {
    await run(SAMPLED, {});
    expect(await segmentsOf(ROOT)).toHaveLength(1);
  });

  it('is one of most that begin in the same second', async () => {
    const stateMachineArn = await bench.create(ORDER, TRACED);
    const arns = await Promise.all(Array.from({ length: 100 }, () => bench.start(stateMachineArn)));
    const headers = await Promise.all(arns.map(async (arn) => (await bench.describe(arn)).traceHeader as string));
    const sampled = headers.filter((header) => header.endsWith('Sampled=1')).length;
    expect(sampled).toBeGreaterThanOrEqual(1);
    expect(sampled).toBeLessThan(20);
  });
});

describe('the header of an event', () => {
  const target = async (Arn: string, RoleArn?: string) => {
    await call('events', 'PutRule', { Name: 'placed', EventPattern: '{"source":["shop"]}' });
    await call('events', 'PutTargets', { Rule: 'placed', Targets: [{ Id: '1', Arn, RoleArn }] });
  };
  const put = async (entry: object, header?: string) => {
    const Entries = [{ Source: 'shop', DetailType: 'OrderPlaced', Detail: '{}', ...entry }];
    await call('events', 'PutEvents', { Entries }, header);
    for (let turn = 0; turn < 20; turn++) await bench.clock.turn(0);
  };
  const OTHER = 'Root=1-69570000-fedcba9876543210fedcba98;Sampled=1';

  it.each<[string, object, string | undefined, string | undefined]>([
    ['that the request carries', {}, SAMPLED, SAMPLED],
    ['that the entry names, before that of the request', { TraceHeader: OTHER }, SAMPLED, OTHER],
    ['that names no trace: dropped', { TraceHeader: 'mine' }, undefined, undefined],
  ])('goes to queue and function: one %s', async (_, entry, header, handedOn) => {
    await target('arn:aws:sqs:us-east-1:000000000000:asked');
    await call('events', 'PutTargets', { Rule: 'placed', Targets: [{ Id: '2', Arn: FUNCTION }] });
    await put(entry, header);
    const received = { QueueUrl: queueUrl, MessageSystemAttributeNames: ['All'] };
    const { Messages } = await call('sqs', 'ReceiveMessage', received);
    expect(Messages[0].Attributes.AWSTraceHeader).toBe(handedOn);
    expect(Messages[0].Body).not.toMatch(/Root=/);
    expect(lambda.calls.map(headerOf)).toEqual([handedOn]);
  });

  it('goes to the machine that the event starts', async () => {
    const machine = await bench.create(ORDER, TRACED);
    await target(machine, StepFunctionsBench.ROLE);
    await put({}, SAMPLED);
    const [segment] = await segmentsOf(ROOT);
    expect(segment).toMatchObject({ name: 'machine-1', parent_id: PARENT });
  });
});

it('a topic hands the header of its publisher to queues and functions', async () => {
  const { TopicArn } = await call('sns', 'CreateTopic', { Name: 'told' });
  const queue = 'arn:aws:sqs:us-east-1:000000000000:asked';
  await call('sns', 'Subscribe', { TopicArn, Protocol: 'sqs', Endpoint: queue });
  await call('sns', 'Subscribe', { TopicArn, Protocol: 'lambda', Endpoint: FUNCTION });
  await call('sns', 'Publish', { TopicArn, Message: 'm' }, SAMPLED);
  for (let turn = 0; turn < 20; turn++) await bench.clock.turn(0);
  const received = { QueueUrl: queueUrl, MessageSystemAttributeNames: ['All'] };
  const { Messages } = await call('sqs', 'ReceiveMessage', received);
  expect(Messages[0].Attributes.AWSTraceHeader).toBe(SAMPLED);
  expect(lambda.calls.map(headerOf)).toEqual([SAMPLED]);
});

it('a message’s own trace header wins over that of the request', async () => {
  const AWSTraceHeader = { DataType: 'String', StringValue: `Root=${ROOT}` };
  const message = { QueueUrl: queueUrl, MessageBody: 'x', MessageSystemAttributes: { AWSTraceHeader } };
  await call('sqs', 'SendMessage', message, SAMPLED);
  const { Messages } = await call('sqs', 'ReceiveMessage', {
    QueueUrl: queueUrl,
    MessageSystemAttributeNames: ['AWSTraceHeader'],
  });
  expect(Messages[0].Attributes).toEqual({ AWSTraceHeader: `Root=${ROOT}` });
});
