import {
  AddPermissionCommand,
  GetFunctionCommand,
  GetPolicyCommand,
  InvokeCommand,
  LambdaClient,
  ListFunctionsCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { createLambdaService, type LambdaService } from '../../local/services/lambda/router';
import { type RunningGateway, startGateway } from '../support/embedded';
import { createInlineFunction, createResource } from '../unit/lambda/inline-function';

let running: RunningGateway;
let service: LambdaService;
let lambda: LambdaClient;

beforeAll(async () => {
  running = await startGateway((host) => {
    service = createLambdaService(host);
    return [service];
  });
  lambda = new LambdaClient(running.client);
});

afterAll(async () => {
  lambda.destroy();
  await running.close();
});

async function invoke(FunctionName: string, event: unknown = {}, options: object = {}) {
  const answer = await lambda.send(new InvokeCommand({ FunctionName, Payload: JSON.stringify(event), ...options }));
  return { ...answer, result: answer.Payload?.length ? JSON.parse(Buffer.from(answer.Payload).toString()) : undefined };
}

let functions = 0;
async function define(source: string, properties: object = {}): Promise<string> {
  const name = `function-${++functions}`;
  await createInlineFunction(service, name, source, properties);
  return name;
}

describe('Invoke', () => {
  it('runs an async handler and answers its result', async () => {
    const name = await define('exports.handler = async (event) => ({ doubled: event.n * 2 });');
    const { StatusCode, FunctionError, ExecutedVersion, result } = await invoke(name, { n: 21 });
    expect({ StatusCode, FunctionError, ExecutedVersion, result }).toEqual({
      StatusCode: 200,
      FunctionError: undefined,
      ExecutedVersion: '$LATEST',
      result: { doubled: 42 },
    });
  });

  it('keeps a worker warm between invocations and gives each its own request id', async () => {
    const name = await define('let n = 0; exports.handler = async (_, c) => [++n, c.awsRequestId];');
    const first = await invoke(name);
    const second = await invoke(name);
    expect([first.result[0], second.result[0]]).toEqual([1, 2]);
    expect(first.result[1]).not.toBe(second.result[1]);
  });

  it('gives the handler the context object and the environment of Lambda', async () => {
    const name = await define(
      `exports.handler = async (_, context) => ({
        context: { ...context, getRemainingTimeInMillis: context.getRemainingTimeInMillis() },
        env: { ...process.env },
      });`,
      { Timeout: 5, MemorySize: 256, Environment: { Variables: { TABLE: 'orders' } } },
    );
    const { result } = await invoke(`${name}:$LATEST`);
    expect(result.context).toMatchObject({
      functionName: name,
      functionVersion: '$LATEST',
      memoryLimitInMB: '256',
      invokedFunctionArn: `arn:aws:lambda:us-east-1:000000000000:function:${name}:$LATEST`,
      logGroupName: `/aws/lambda/${name}`,
      logStreamName: expect.stringMatching(/^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][0-9a-f]{32}$/),
    });
    expect(result.context.getRemainingTimeInMillis).toBeGreaterThan(4000);
    expect(result.context.getRemainingTimeInMillis).toBeLessThanOrEqual(5000);
    expect(result.env).toMatchObject({
      TABLE: 'orders',
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: running.url,
      AWS_LAMBDA_FUNCTION_NAME: name,
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
      _HANDLER: 'index.handler',
      _X_AMZN_TRACE_ID: expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=0$/),
    });
    expect(result.env).not.toHaveProperty('HOME');
  });

  it('answers null for a handler that returns nothing', async () => {
    const name = await define('exports.handler = async () => {};');
    expect((await invoke(name)).result).toBeNull();
  });

  it('waits for the callback of an older runtime, and for its event loop to run empty', async () => {
    const name = await define(
      `exports.handler = (event, context, callback) => {
        callback(null, global.late ?? 'early');
        setTimeout(() => { global.late = 'timer ran'; }, 20);
      };`,
      { Runtime: 'nodejs22.x' },
    );
    expect((await invoke(name)).result).toBe('early');
    expect((await invoke(name)).result).toBe('timer ran');
  });

  it('answers null when a callback handler never calls back and nothing is left to run', async () => {
    const name = await define('exports.handler = (event, context, callback) => {};', { Runtime: 'nodejs22.x' });
    expect((await invoke(name)).result).toBeNull();
  });

  it('fails a handler with a callback on Node.js 24, as Lambda does', async () => {
    const name = await define('exports.handler = (event, context, callback) => callback(null, 1);');
    const { FunctionError, result } = await invoke(name);
    expect([FunctionError, result.errorType]).toEqual(['Unhandled', 'Runtime.CallbackHandlerDeprecated']);
  });

  it('answers the last of the log when asked for it', async () => {
    const name = await define('exports.handler = async () => { console.log("a line", { n: 1 }); console.warn("two\\nlines"); };');
    const { LogResult } = await invoke(name, {}, { LogType: 'Tail' });
    const lines = Buffer.from(LogResult!, 'base64').toString().split('\n');
    expect(lines[0]).toMatch(/^START RequestId: [0-9a-f-]{36} Version: \$LATEST$/);
    expect(lines[1]).toMatch(/^\d{4}-\S+Z\t[0-9a-f-]{36}\tINFO\ta line \{ n: 1 \}$/);
    expect(lines[2]).toMatch(/\tWARN\ttwo$/);
    expect(lines[4]).toMatch(/^END RequestId: /);
    expect(lines[5]).toMatch(
      /^REPORT RequestId: \S+\tDuration: [\d.]+ ms\tBilled Duration: \d+ ms\tMemory Size: 128 MB\tMax Memory Used: \d+ MB\tInit Duration: [\d.]+ ms\t$/,
    );
  });

  it('logs JSON above the wanted level when the function asks for it', async () => {
    const name = await define(
      'exports.handler = async () => { console.debug("hidden"); console.info("shown"); console.error(new TypeError("bad")); };',
      { LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'INFO' } },
    );
    const { LogResult } = await invoke(name, {}, { LogType: 'Tail' });
    const lines = Buffer.from(LogResult!, 'base64').toString().trim().split('\n').map((line) => JSON.parse(line));
    expect(lines).toMatchObject([
      { type: 'platform.start', record: { version: '$LATEST' } },
      { level: 'INFO', message: 'shown', requestId: expect.any(String) },
      { level: 'ERROR', errorType: 'TypeError', errorMessage: 'bad', stackTrace: expect.any(Array) },
      { type: 'platform.report', record: { status: 'success', metrics: { memorySizeMB: 128 } } },
    ]);
  });

  it('tests with DryRun without running anything', async () => {
    const name = await define('exports.handler = async () => { process.exit(1); };');
    expect((await invoke(name, {}, { InvocationType: 'DryRun' })).StatusCode).toBe(204);
  });

  it('runs a published version and an alias by name and by ARN', async () => {
    const name = await define('exports.handler = async (_, c) => [c.functionVersion, process.env.COLOUR];', {
      Environment: { Variables: { COLOUR: 'green' } },
    });
    await lambda.send(new PublishVersionCommand({ FunctionName: name }));
    await createResource(service, 'AWS::Lambda::Alias', { FunctionName: name, FunctionVersion: '1', Name: 'live' });
    await lambda.send(
      new UpdateFunctionConfigurationCommand({ FunctionName: name, Environment: { Variables: { COLOUR: 'red' } } }),
    );
    const arn = `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
    expect((await invoke(`${name}:1`)).result).toEqual(['1', 'green']);
    expect((await invoke(`${arn}:live`)).result).toEqual(['1', 'green']);
    expect((await invoke(name, {}, { Qualifier: 'live' })).ExecutedVersion).toBe('1');
    expect((await invoke(arn)).result).toEqual(['$LATEST', 'red']);
  });

  it('gives functions no access to the memory of the runtime', async () => {
    globalThis.process.env.SECRET_OF_THE_PARENT = 'x';
    const name = await define('exports.handler = async () => [process.env.SECRET_OF_THE_PARENT ?? null, require("node:worker_threads").isMainThread];');
    expect((await invoke(name)).result).toEqual([null, false]);
    delete globalThis.process.env.SECRET_OF_THE_PARENT;
  });
});

describe('Invoke of a function that fails', () => {
  it('answers the name, message and trace of what was thrown', async () => {
    const name = await define(
      `class PaymentDeclined extends Error { name = 'PaymentDeclined'; }
       exports.handler = async () => { throw new PaymentDeclined('no money'); };`,
    );
    const { StatusCode, FunctionError, result } = await invoke(name);
    expect([StatusCode, FunctionError]).toEqual([200, 'Unhandled']);
    expect(result).toEqual({
      errorType: 'PaymentDeclined',
      errorMessage: 'no money',
      trace: expect.arrayContaining(['PaymentDeclined: no money']),
    });
  });

  it.each([
    ['a string', `throw 'plain';`, { errorType: 'string', errorMessage: 'plain', trace: [] }],
    [
      'a result that is no JSON',
      'return { n: 1n };',
      { errorType: 'Error', errorMessage: 'Unable to stringify response body', trace: expect.any(Array) },
    ],
  ])('fails with %s', async (_, body, expected) => {
    const name = await define(`exports.handler = async () => { ${body} };`);
    const { result } = await invoke(name);
    expect({ trace: [], ...result }).toEqual(expected);
  });

  it('fails a response beyond 6 MB', async () => {
    const name = await define('exports.handler = async () => "x".repeat(7 * 2 ** 20);');
    expect((await invoke(name)).result).toEqual({
      errorType: 'Function.ResponseSizeTooLarge',
      errorMessage: 'Response payload size (7340034 bytes) exceeded maximum allowed payload size (6291556 bytes).',
    });
  });

  it('ends a busy loop at the time limit and keeps what it had logged', async () => {
    const name = await define('exports.handler = async () => { console.log("before"); for (;;); };', { Timeout: 1 });
    const { result, FunctionError, LogResult } = await invoke(name, {}, { LogType: 'Tail' });
    expect(FunctionError).toBe('Unhandled');
    expect(result).toEqual({
      errorType: 'Sandbox.Timedout',
      errorMessage: expect.stringMatching(/^RequestId: [0-9a-f-]{36} Error: Task timed out after 1\.00 seconds$/),
    });
    const log = Buffer.from(LogResult!, 'base64').toString();
    expect(log).toContain('\tINFO\tbefore');
    expect(log).toMatch(/Task timed out after 1\.00 seconds/);
    expect(log).toMatch(/Status: timeout/);
  });

  it('ends a promise that never settles at the time limit, and runs the next call in a new worker', async () => {
    const name = await define(
      'let n = 0; exports.handler = async ({ hang }) => { n++; if (hang) await new Promise(() => setInterval(() => {}, 1000)); return n; };',
      { Timeout: 1 },
    );
    expect((await invoke(name, { hang: true })).result.errorType).toBe('Sandbox.Timedout');
    expect((await invoke(name, {})).result).toBe(1);
  });

  it('survives process.exit of a function', async () => {
    const name = await define('exports.handler = async ({ code }) => { if (code !== undefined) process.exit(code); return "alive"; };');
    const failed = await invoke(name, { code: 3 });
    expect(failed.result).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Runtime exited with error: exit status 3$/),
    });
    expect((await invoke(name, { code: 0 })).result.errorMessage).toMatch(/Runtime exited without providing a reason$/);
    expect((await invoke(name)).result).toBe('alive');
  });

  it('ends a function that outgrows its memory', async () => {
    const name = await define('exports.handler = async () => { const all = []; for (;;) all.push(new Array(1e5).fill({})); };', {
      Timeout: 30,
    });
    expect((await invoke(name)).result).toEqual({
      errorType: 'Runtime.OutOfMemory',
      errorMessage: expect.stringMatching(/Runtime exited with error: signal: killed$/),
    });
  });

  it('reports an unhandled rejection and an uncaught exception', async () => {
    const rejected = await define(
      'exports.handler = async () => { Promise.reject(new Error("lost")); await new Promise((r) => setTimeout(r, 500)); };',
    );
    expect((await invoke(rejected)).result).toMatchObject({
      errorType: 'Runtime.UnhandledPromiseRejection',
      errorMessage: 'Error: lost',
    });
    const thrown = await define(
      'exports.handler = async () => { setTimeout(() => { throw new RangeError("later"); }, 1); await new Promise((r) => setTimeout(r, 500)); };',
    );
    expect((await invoke(thrown)).result).toMatchObject({ errorType: 'RangeError', errorMessage: 'later' });
  });

  it.each([
    ['a bundle that throws', 'throw new Error("cannot start")', 'index.handler', 'Error', 'cannot start'],
    ['a missing module', 'require("not-there")', 'index.handler', 'Runtime.ImportModuleError', /^Error: Cannot find module 'not-there'/],
    ['a syntax error', 'exports.handler = async ( => 1;', 'index.handler', 'Runtime.UserCodeSyntaxError', /^SyntaxError: /],
    ['no such export', 'exports.other = 1;', 'index.handler', 'Runtime.HandlerNotFound', 'index.handler is undefined or not exported'],
    ['no such file', '', 'missing.handler', 'Runtime.ImportModuleError', /^Error: Cannot find module 'missing'/],
  ])('fails with %s', async (_, source, Handler, errorType, errorMessage) => {
    const name = await define(source || ';', { Handler });
    const { FunctionError, result } = await invoke(name);
    expect([FunctionError, result.errorType]).toEqual(['Unhandled', errorType]);
    if (typeof errorMessage === 'string') expect(result.errorMessage).toBe(errorMessage);
    else expect(result.errorMessage).toMatch(errorMessage);
  });
});

describe('Invoke with what Lambda does not take', () => {
  it('rejects a function that does not exist', async () => {
    await expect(invoke('absent')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'Function not found: arn:aws:lambda:us-east-1:000000000000:function:absent',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('rejects a payload that is not JSON', async () => {
    const name = await define('exports.handler = async () => 1;');
    for (const InvocationType of ['RequestResponse', 'Event'] as const) {
      const sent = lambda.send(new InvokeCommand({ FunctionName: name, Payload: '{"a":', InvocationType }));
      await expect(sent).rejects.toMatchObject({
        name: 'InvalidRequestContentException',
        message: expect.stringMatching(/^Could not parse request body into json: /),
      });
    }
    expect((await invoke(name)).result).toBe(1);
  });

  it('rejects an event of more than 1 MB', async () => {
    const name = await define('exports.handler = async () => 1;');
    const sent = invoke(name, 'x'.repeat(2 ** 20), { InvocationType: 'Event' });
    await expect(sent).rejects.toMatchObject({ name: 'RequestTooLargeException', $metadata: { httpStatusCode: 413 } });
  });

  it('rejects calls beyond the reserved concurrency', async () => {
    const name = await define('exports.handler = async () => { await new Promise((r) => setTimeout(r, 300)); };', {
      ReservedConcurrentExecutions: 1,
    });
    const [first, second] = await Promise.allSettled([invoke(name), invoke(name)]);
    const outcomes = [first, second].map((one) => (one.status === 'fulfilled' ? 'ran' : one.reason.name)).sort();
    expect(outcomes).toEqual(['TooManyRequestsException', 'ran']);
  });
});

describe('functions', () => {
  it('are described as they were configured', async () => {
    const name = await define('exports.handler = async () => 1;', { Description: 'adds', Tags: [{ Key: 'a', Value: 'b' }] });
    const { Configuration, Tags } = await lambda.send(new GetFunctionCommand({ FunctionName: name }));
    expect(Configuration).toMatchObject({
      FunctionName: name,
      Description: 'adds',
      Handler: 'index.handler',
      MemorySize: 128,
      Timeout: 3,
      State: 'Active',
      Version: '$LATEST',
    });
    expect(Tags).toEqual({ a: 'b' });
    const { Functions } = await lambda.send(new ListFunctionsCommand({}));
    expect(Functions!.map(({ FunctionName }) => FunctionName)).toContain(name);
  });

  it('have a policy of their permissions', async () => {
    const name = await define('exports.handler = async () => 1;');
    const FunctionName = `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
    await lambda.send(
      new AddPermissionCommand({
        FunctionName,
        StatementId: 'rule',
        Action: 'lambda:InvokeFunction',
        Principal: 'events.amazonaws.com',
        SourceArn: 'arn:aws:events:us-east-1:000000000000:rule/r',
      }),
    );
    const { Policy } = await lambda.send(new GetPolicyCommand({ FunctionName: name }));
    expect(JSON.parse(Policy!).Statement).toEqual([
      {
        Sid: 'rule',
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'lambda:InvokeFunction',
        Resource: FunctionName,
        Condition: { ArnLike: { 'AWS:SourceArn': 'arn:aws:events:us-east-1:000000000000:rule/r' } },
      },
    ]);
    expect(service.resourcePolicy?.(FunctionName)).toEqual(JSON.parse(Policy!));
  });

  it.each([
    ['a runtime other than Node.js', { Runtime: 'python3.12' }, /runs Node\.js functions only: the runtime python3\.12/],
    ['too little memory', { MemorySize: 64 }, /'64' at 'memorySize' .* greater than or equal to 128/],
    ['a time limit beyond 15 minutes', { Timeout: 901 }, /'901' at 'timeout' .* less than or equal to 900/],
    ['reserved variables', { Environment: { Variables: { AWS_REGION: 'x' } } }, /reserved keys .*: AWS_REGION$/],
  ])('reject %s', async (_, properties, message) => {
    await expect(define('1', properties)).rejects.toThrow(message);
  });
});
