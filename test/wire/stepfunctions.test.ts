import {
  CreateActivityCommand,
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  type DescribeExecutionOutput,
  GetActivityTaskCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  SendTaskFailureCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StartSyncExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import { createStepFunctionsService } from '../../local/services/stepfunctions/router';
import { AwsError } from '../../local/wire/aws-error';
import { type RunningGateway, startGateway } from '../support/embedded';
import { recordingService } from '../support/recording-service';

const ROLE = 'arn:aws:iam::000000000000:role/machine';

describe('Step Functions through the SDK', () => {
  const clock = new SimulatedClock();
  let running: RunningGateway;
  let client: SFNClient;
  let machines = 0;
  const events = recordingService('events', { PutEvents: () => ({ Entries: [], FailedEntryCount: 0 }) });
  const logs = recordingService('logs', { CreateLogStream: () => ({}), PutLogEvents: () => ({}) });
  const lambda = recordingService('lambda', {
    Invoke(input: { FunctionName: string; Payload: Buffer }) {
      if (input.FunctionName.endsWith('denied'))
        throw new AwsError('AccessDeniedException', 'User is not authorized', 403);
      if (input.FunctionName.endsWith('throws')) {
        const Payload = Buffer.from('{"errorType":"PaymentDeclined","errorMessage":"no funds"}');
        return { StatusCode: 200, FunctionError: 'Unhandled', Payload };
      }
      return { StatusCode: 200, Payload: input.Payload, ExecutedVersion: '$LATEST' };
    },
  });
  const dynamodb = recordingService('dynamodb', {
    TransactWriteItems() {
      throw new AwsError(
        'TransactionCanceledException',
        'Transaction cancelled, please refer cancellation reasons for specific reasons [ConditionalCheckFailed, None]',
      );
    },
    GetItem: () => ({ Item: { orderId: { S: 'o-1' } } }),
  });
  const sqs = recordingService('sqs', { SendMessage: () => ({ MessageId: 'm-1' }) });

  beforeAll(async () => {
    const kernel = { clock, random: new SeededRandom('wire') };
    running = await startGateway((host) => [createStepFunctionsService(host), events, logs, lambda, dynamodb, sqs], {
      kernel,
    });
    client = new SFNClient({ ...running.client, disableHostPrefix: true });
  });

  afterAll(async () => {
    client.destroy();
    await running.close();
  });

  async function create(definition: object, options: object = {}): Promise<string> {
    const name = `machine-${++machines}`;
    const input = { name, roleArn: ROLE, definition: JSON.stringify(definition), ...options };
    return (await client.send(new CreateStateMachineCommand(input))).stateMachineArn!;
  }

  const start = async (stateMachineArn: string, input: unknown = {}, name?: string) =>
    (await client.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) })))
      .executionArn!;

  const describeExecution = (executionArn: string) => client.send(new DescribeExecutionCommand({ executionArn }));

  /** Calls between services are promises: the clock stands, but a few turns of the event loop go by. */
  async function settled(executionArn: string): Promise<DescribeExecutionOutput> {
    for (let turn = 0; turn < 20; turn++) {
      await clock.turn(0);
      const described = await describeExecution(executionArn);
      if (described.status !== 'RUNNING') return described;
    }
    return describeExecution(executionArn);
  }

  const task = (resource: string, parameters: object, more: object = {}) => ({
    QueryLanguage: 'JSONata',
    StartAt: 'Call',
    States: { Call: { Type: 'Task', Resource: resource, Arguments: parameters, End: true, ...more } },
  });

  it('runs a chain of states and gives its history with what caused each event', async () => {
    const machine = await create({ StartAt: 'A', States: { A: { Type: 'Pass', Result: { a: 1 }, End: true } } });
    const executionArn = await start(machine);
    const described = await describeExecution(executionArn);
    expect(described).toMatchObject({
      status: 'SUCCEEDED',
      output: '{"a":1}',
      input: '{}',
      redriveStatus: 'NOT_REDRIVABLE',
    });
    expect(described.stopDate).toBeInstanceOf(Date);
    const { events: history } = await client.send(new GetExecutionHistoryCommand({ executionArn }));
    expect(history!.map(({ id, previousEventId, type }) => [id, previousEventId, type])).toEqual([
      [1, 0, 'ExecutionStarted'],
      [2, 0, 'PassStateEntered'],
      [3, 2, 'PassStateExited'],
      [4, 3, 'ExecutionSucceeded'],
    ]);
  });

  it('pages a history forwards and backwards without losing an event', async () => {
    const machine = await create({ StartAt: 'A', States: { A: { Type: 'Pass', End: true } } });
    const executionArn = await start(machine);
    const read = async (reverseOrder: boolean) => {
      const ids: number[] = [];
      let nextToken: string | undefined;
      do {
        const page = await client.send(
          new GetExecutionHistoryCommand({ executionArn, reverseOrder, maxResults: 3, nextToken }),
        );
        ids.push(...page.events!.map((event) => event.id!));
        nextToken = page.nextToken;
      } while (nextToken);
      return ids;
    };
    expect(await read(false)).toEqual([1, 2, 3, 4]);
    expect(await read(true)).toEqual([4, 3, 2, 1]);
  });

  it('calls a function with the role of the machine and gives its payload with the metadata of the call', async () => {
    const machine = await create(
      task('arn:aws:states:::lambda:invoke', { FunctionName: 'charge', Payload: { total: 5 } }),
    );
    const { status, output } = await settled(await start(machine));
    expect(status).toBe('SUCCEEDED');
    expect(JSON.parse(output!)).toMatchObject({ Payload: { total: 5 }, StatusCode: 200, ExecutedVersion: '$LATEST' });
    expect(lambda.calls.at(-1)!.call.caller).toMatchObject({ kind: 'role', roleArn: ROLE });
  });

  it("gives a function's error type as the error and its payload as the cause", async () => {
    const machine = await create(task('arn:aws:states:::lambda:invoke', { FunctionName: 'throws' }));
    expect(await settled(await start(machine))).toMatchObject({
      status: 'FAILED',
      error: 'PaymentDeclined',
      cause: '{"errorType":"PaymentDeclined","errorMessage":"no funds"}',
    });
  });

  it('names a denied call as the SDK names errors it has no class for', async () => {
    const machine = await create(task('arn:aws:states:::lambda:invoke', { FunctionName: 'denied' }));
    const { error, cause } = await settled(await start(machine));
    expect(error).toBe('Lambda.AWSLambdaException');
    expect(cause).toMatch(
      /^User is not authorized \(Service: AWSLambda; Status Code: 403; Error Code: AccessDeniedException; Request ID: [\w-]+; Proxy: null\)$/,
    );
  });

  it('names an error of an SDK integration and words its cause as AWS does', async () => {
    const resource = 'arn:aws:states:::aws-sdk:dynamodb:transactWriteItems';
    const caught = await create({
      QueryLanguage: 'JSONata',
      StartAt: 'Reserve',
      States: {
        Reserve: {
          Type: 'Task',
          Resource: resource,
          Arguments: { TransactItems: [] },
          Catch: [
            {
              ErrorEquals: ['DynamoDb.TransactionCanceledException'],
              Output: '{% $states.errorOutput %}',
              Next: 'Caught',
            },
          ],
          End: true,
        },
        Caught: { Type: 'Succeed' },
      },
    });
    const { output } = await settled(await start(caught));
    const { Error: error, Cause: cause } = JSON.parse(output!);
    expect(error).toBe('DynamoDb.TransactionCanceledException');
    expect(cause).toMatch(
      /reasons \[ConditionalCheckFailed, None\] \(Service: DynamoDb, Status Code: 400, Request ID: [\w-]+\) \(SDK Attempt Count: 1\)$/,
    );
  });

  it('waits for the callback of a task token and takes its output', async () => {
    const machine = await create(
      task('arn:aws:states:::sqs:sendMessage.waitForTaskToken', {
        QueueUrl: 'http://queue',
        MessageBody: { token: '{% $states.context.Task.Token %}' },
      }),
    );
    const executionArn = await start(machine);
    await clock.turn(0);
    const { token: taskToken } = JSON.parse(sqs.calls.at(-1)!.input.MessageBody);
    expect((await describeExecution(executionArn)).status).toBe('RUNNING');
    await client.send(new SendTaskSuccessCommand({ taskToken, output: '{"approved":true}' }));
    expect(await describeExecution(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '{"approved":true}' });
    await expect(client.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }))).rejects.toMatchObject({
      name: 'TaskTimedOut',
    });
  });

  it('rejects a task token that it never gave', async () => {
    await expect(client.send(new SendTaskFailureCommand({ taskToken: 'AAAA' }))).rejects.toMatchObject({
      name: 'InvalidToken',
      message: "Invalid Token: 'Invalid token'",
    });
  });

  it('fails a task at its timeout, and a late callback finds it gone', async () => {
    const machine = await create(
      task(
        'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
        { QueueUrl: 'http://queue', MessageBody: '{% $states.context.Task.Token %}' },
        { TimeoutSeconds: 60 },
      ),
    );
    const executionArn = await start(machine);
    await clock.turn(59_000);
    expect((await describeExecution(executionArn)).status).toBe('RUNNING');
    await clock.turn(1_000);
    expect(await describeExecution(executionArn)).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    const taskToken = sqs.calls.at(-1)!.input.MessageBody;
    await expect(client.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }))).rejects.toMatchObject({
      name: 'TaskTimedOut',
    });
  });

  it('hands an activity task to the worker that polls, and gives back its result', async () => {
    const { activityArn } = await client.send(new CreateActivityCommand({ name: 'packing' }));
    const machine = await create({ StartAt: 'P', States: { P: { Type: 'Task', Resource: activityArn, End: true } } });
    const polled = client.send(new GetActivityTaskCommand({ activityArn, workerName: 'ann' }));
    const executionArn = await start(machine, { box: 7 });
    const { taskToken, input } = await polled;
    expect(input).toBe('{"box":7}');
    await client.send(new SendTaskSuccessCommand({ taskToken, output: '"packed"' }));
    expect(await settled(executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '"packed"' });
  });

  it('hands no task to a worker that has gone away', async () => {
    const { activityArn } = await client.send(new CreateActivityCommand({ name: 'sorting' }));
    const machine = await create({ StartAt: 'P', States: { P: { Type: 'Task', Resource: activityArn, End: true } } });
    const gone = new AbortController();
    const abandoned = client.send(new GetActivityTaskCommand({ activityArn }), { abortSignal: gone.signal });
    await clock.turn(0);
    gone.abort();
    await expect(abandoned).rejects.toThrow();
    await clock.turn(0);
    await start(machine, 1);
    const { input } = await client.send(new GetActivityTaskCommand({ activityArn }));
    expect(input).toBe('1');
  });

  it('gives a worker an empty answer after a minute without a task', async () => {
    const { activityArn } = await client.send(new CreateActivityCommand({ name: 'idle' }));
    const polled = client.send(new GetActivityTaskCommand({ activityArn }));
    while (clock.nextAt() === undefined) await clock.turn(0);
    await clock.turn(60_000);
    expect((await polled).taskToken ?? null).toBeNull();
  });

  it('starts one execution for one name and input, and rejects the name afterwards', async () => {
    const machine = await create({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 5, End: true } } });
    const first = await start(machine, { n: 1 }, 'order-1');
    expect(await start(machine, { n: 1 }, 'order-1')).toBe(first);
    await expect(start(machine, { n: 2 }, 'order-1')).rejects.toMatchObject({ name: 'ExecutionAlreadyExists' });
    await clock.turn(5_000);
    await expect(start(machine, { n: 1 }, 'order-1')).rejects.toMatchObject({
      name: 'ExecutionAlreadyExists',
      message: `Execution Already Exists: '${first}'`,
    });
  });

  it('tells EventBridge of the start and of the end, with input and output', async () => {
    const machine = await create({ StartAt: 'F', States: { F: { Type: 'Fail', Error: 'Broken', Cause: 'why' } } });
    const before = events.calls.length;
    const executionArn = await start(machine, { n: 1 });
    await clock.turn(0);
    const entries = events.calls.slice(before).map(({ input }) => input.Entries[0]);
    expect(entries.map(({ Detail }) => JSON.parse(Detail).status)).toEqual(['RUNNING', 'FAILED']);
    expect(entries[1]).toMatchObject({
      Source: 'aws.states',
      DetailType: 'Step Functions Execution Status Change',
      Resources: [executionArn],
    });
    expect(JSON.parse(entries[1].Detail)).toMatchObject({
      executionArn,
      stateMachineArn: machine,
      input: '{"n":1}',
      inputDetails: { included: true },
      output: null,
      error: 'Broken',
      cause: 'why',
    });
    expect(events.calls.at(-1)!.call.caller).toMatchObject({ kind: 'service', principal: 'states.amazonaws.com' });
  });

  it('writes events at the level of the machine, without data unless it is wanted', async () => {
    const logGroupArn = 'arn:aws:logs:us-east-1:000000000000:log-group:/aws/vendedlogs/states/x:*';
    const machine = await create(
      { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'Broken' } } },
      { loggingConfiguration: { level: 'ERROR', destinations: [{ cloudWatchLogsLogGroup: { logGroupArn } }] } },
    );
    await start(machine, { secret: 1 });
    await clock.turn(0);
    const { input } = logs.calls.at(-1)!;
    expect(input.logGroupName).toBe('/aws/vendedlogs/states/x');
    const messages = input.logEvents.map(({ message }: { message: string }) => JSON.parse(message));
    expect(messages.map(({ type }: { type: string }) => type)).toEqual(['FailStateEntered', 'ExecutionFailed']);
    expect(JSON.stringify(messages)).not.toContain('secret');
  });

  it('stops an execution and lists it by its status', async () => {
    const stateMachineArn = await create({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 60, End: true } } });
    const stopped = await start(stateMachineArn);
    const waiting = await start(stateMachineArn);
    await client.send(new StopExecutionCommand({ executionArn: stopped, error: 'E', cause: 'C' }));
    expect(await describeExecution(stopped)).toMatchObject({ status: 'ABORTED', error: 'E', cause: 'C' });
    const list = async (statusFilter: 'RUNNING' | 'ABORTED') =>
      (await client.send(new ListExecutionsCommand({ stateMachineArn, statusFilter }))).executions!.map(
        (execution) => execution.executionArn,
      );
    expect(await list('ABORTED')).toEqual([stopped]);
    expect(await list('RUNNING')).toEqual([waiting]);
  });

  it('answers a synchronous Express execution with 200 also when it has failed', async () => {
    const stateMachineArn = await create(
      { StartAt: 'F', States: { F: { Type: 'Fail', Error: 'E' } } },
      { type: 'EXPRESS' },
    );
    const answer = await client.send(new StartSyncExecutionCommand({ stateMachineArn, input: '{"a":1}' }));
    expect(answer).toMatchObject({ status: 'FAILED', error: 'E', input: '{"a":1}' });
    expect(answer.executionArn).toContain(':express:');
  });

  it('runs a nested execution to its end and gives its output as JSON', async () => {
    const child = await create({ StartAt: 'A', States: { A: { Type: 'Pass', Result: { done: true }, End: true } } });
    const parent = await create(
      task('arn:aws:states:::states:startExecution.sync:2', { StateMachineArn: child, Input: { n: 1 } }),
    );
    const { status, output } = await settled(await start(parent));
    expect(status).toBe('SUCCEEDED');
    expect(JSON.parse(output!)).toMatchObject({ Status: 'SUCCEEDED', Input: { n: 1 }, Output: { done: true } });
  });

  it('stops a nested execution with the parent that waits for it', async () => {
    const child = await create({ StartAt: 'W', States: { W: { Type: 'Wait', Seconds: 600, End: true } } });
    const parent = await create(
      task('arn:aws:states:::states:startExecution.sync:2', { StateMachineArn: child, Name: 'nested' }),
    );
    const executionArn = await start(parent);
    await clock.turn(0);
    const nested = `${child.replace(':stateMachine:', ':execution:')}:nested`;
    expect((await describeExecution(nested)).status).toBe('RUNNING');
    await client.send(new StopExecutionCommand({ executionArn }));
    expect((await settled(nested)).status).toBe('ABORTED');
  });

  it('rejects a definition with the places and reasons that AWS gives', async () => {
    await expect(create({ StartAt: 'A', States: { A: { Type: 'Pass', Next: 'B' } } })).rejects.toMatchObject({
      name: 'InvalidDefinition',
      message:
        "Invalid State Machine Definition: 'MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Next, MISSING_END_STATE: Workflow has no terminal state at null'",
    });
  });
});
