import {
  AddPermissionCommand,
  GetFunctionCommand,
  GetPolicyCommand,
  ListFunctionsCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { createResource } from '../unit/lambda/inline-function';
import { type LambdaOverWire, startLambdaOverWire } from '../unit/lambda/lambda-over-wire';

let wire: LambdaOverWire;
const invoke: LambdaOverWire['invoke'] = (...args) => wire.invoke(...args);
const define: LambdaOverWire['define'] = (...args) => wire.define(...args);

beforeAll(async () => {
  wire = await startLambdaOverWire();
});

afterAll(() => wire.close());

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
      AWS_ENDPOINT_URL: wire.running.url,
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
    const name = await define(
      'exports.handler = async () => { console.log("a line", { n: 1 }); console.warn("two\\nlines"); };',
    );
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
    const lines = Buffer.from(LogResult!, 'base64')
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
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
    await wire.lambda.send(new PublishVersionCommand({ FunctionName: name }));
    await createResource(wire.service, 'AWS::Lambda::Alias', {
      FunctionName: name,
      FunctionVersion: '1',
      Name: 'live',
    });
    await wire.lambda.send(
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
    const name = await define(
      'exports.handler = async () => [process.env.SECRET_OF_THE_PARENT ?? null, require("node:worker_threads").isMainThread];',
    );
    expect((await invoke(name)).result).toEqual([null, false]);
    delete globalThis.process.env.SECRET_OF_THE_PARENT;
  });
});

describe('functions', () => {
  it('are described as they were configured', async () => {
    const name = await define('exports.handler = async () => 1;', {
      Description: 'adds',
      Tags: [{ Key: 'a', Value: 'b' }],
    });
    const { Configuration, Tags } = await wire.lambda.send(new GetFunctionCommand({ FunctionName: name }));
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
    const { Functions } = await wire.lambda.send(new ListFunctionsCommand({}));
    expect(Functions!.map(({ FunctionName }) => FunctionName)).toContain(name);
  });

  it('have a policy of their permissions', async () => {
    const name = await define('exports.handler = async () => 1;');
    const FunctionName = `arn:aws:lambda:us-east-1:000000000000:function:${name}`;
    await wire.lambda.send(
      new AddPermissionCommand({
        FunctionName,
        StatementId: 'rule',
        Action: 'lambda:InvokeFunction',
        Principal: 'events.amazonaws.com',
        SourceArn: 'arn:aws:events:us-east-1:000000000000:rule/r',
      }),
    );
    const { Policy } = await wire.lambda.send(new GetPolicyCommand({ FunctionName: name }));
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
    expect(wire.service.resourcePolicy?.(FunctionName)).toEqual(JSON.parse(Policy!));
  });

  it.each([
    [
      'a runtime other than Node.js',
      { Runtime: 'python3.12' },
      /runs Node\.js functions only: the runtime python3\.12/,
    ],
    ['too little memory', { MemorySize: 64 }, /'64' at 'memorySize' .* greater than or equal to 128/],
    ['a time limit beyond 15 minutes', { Timeout: 901 }, /'901' at 'timeout' .* less than or equal to 900/],
    ['reserved variables', { Environment: { Variables: { AWS_REGION: 'x' } } }, /reserved keys .*: AWS_REGION$/],
  ])('reject %s', async (_, properties, message) => {
    await expect(define('1', properties)).rejects.toThrow(message);
  });
});
