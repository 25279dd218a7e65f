import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInlineFunction } from './inline-function';
import { type SimulatedLambda, startSimulatedLambda } from './simulated-lambda';

const TIMEOUT_SECONDS = 300;
const LEAP_MS = 100_000;

describe('a function that is held back while the clock turns', () => {
  let aws: SimulatedLambda;
  let server: Server;
  let held: (response: ServerResponse) => void;
  beforeAll(async () => {
    aws = await startSimulatedLambda();
    server = createServer((_request, response) => held(response)).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
  });
  afterAll(async () => {
    server.close();
    await aws.close();
  });

  it('sees the later time, and has less of its own left', async () => {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const source = `exports.handler = async (event, context) => {
      const beganAt = Date.now();
      await (await fetch('${url}')).text();
      return { passedMs: Date.now() - beganAt, leftMs: context.getRemainingTimeInMillis() };
    };`;
    await createInlineFunction(aws.lambda, 'Held', source, { Timeout: TIMEOUT_SECONDS });
    const call = new Promise<ServerResponse>((resolve) => {
      held = resolve;
    });
    const invoked = aws.call('lambda', 'Invoke', { FunctionName: 'Held', Payload: Buffer.from('{}') });
    const response = await call;

    await aws.lambda.whenIdle(1);
    await aws.clock.turn(LEAP_MS);
    aws.lambda.tellTime();
    response.end('done');

    const { Payload } = await invoked;
    const { passedMs, leftMs } = JSON.parse(Buffer.from(Payload).toString());
    expect(passedMs).toBeGreaterThanOrEqual(LEAP_MS);
    expect(leftMs).toBeLessThanOrEqual(TIMEOUT_SECONDS * 1000 - LEAP_MS);
    await aws.lambda.whenIdle();
    const duration = aws.metrics.find(({ name }) => name === 'Duration');
    expect(duration?.value).toBeGreaterThanOrEqual(LEAP_MS);
  });
});
