import { InvokeCommand } from '@aws-sdk/client-lambda';
import { type LambdaOverWire, startLambdaOverWire } from '../unit/lambda/lambda-over-wire';

let wire: LambdaOverWire;
const invoke: LambdaOverWire['invoke'] = (...args) => wire.invoke(...args);
const define: LambdaOverWire['define'] = (...args) => wire.define(...args);

beforeAll(async () => {
  wire = await startLambdaOverWire();
});

afterAll(() => wire.close());

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
    const name = await define(
      'exports.handler = async ({ code }) => { if (code !== undefined) process.exit(code); return "alive"; };',
    );
    const failed = await invoke(name, { code: 3 });
    expect(failed.result).toEqual({
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(/^RequestId: \S+ Error: Runtime exited with error: exit status 3$/),
    });
    expect((await invoke(name, { code: 0 })).result.errorMessage).toMatch(/Runtime exited without providing a reason$/);
    expect((await invoke(name)).result).toBe('alive');
  });

  it('ends a function that outgrows its memory', async () => {
    const name = await define(
      'exports.handler = async () => { const all = []; for (;;) all.push(new Array(1e5).fill({})); };',
      {
        Timeout: 30,
      },
    );
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
    [
      'a missing module',
      'require("not-there")',
      'index.handler',
      'Runtime.ImportModuleError',
      /^Error: Cannot find module 'not-there'/,
    ],
    [
      'a syntax error',
      'exports.handler = async ( => 1;',
      'index.handler',
      'Runtime.UserCodeSyntaxError',
      /^SyntaxError: /,
    ],
    [
      'no such export',
      'exports.other = 1;',
      'index.handler',
      'Runtime.HandlerNotFound',
      'index.handler is undefined or not exported',
    ],
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
      message: 'Function not found: arn:aws:lambda:us-east-1:000000000000:function:absent:$LATEST',
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('rejects a payload that is not JSON', async () => {
    const name = await define('exports.handler = async () => 1;');
    for (const InvocationType of ['RequestResponse', 'Event'] as const) {
      const sent = wire.lambda.send(new InvokeCommand({ FunctionName: name, Payload: '{"a":', InvocationType }));
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
