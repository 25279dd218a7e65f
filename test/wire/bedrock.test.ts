import { connect } from 'node:net';
import {
  BedrockRuntimeClient,
  ConverseCommand,
  InvokeModelCommand,
  InvokeModelWithResponseStreamCommand,
} from '@aws-sdk/client-bedrock-runtime';
import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import { type BedrockService, createBedrockService } from '../../local/services/bedrock/router';
import { createSqsService } from '../../local/services/sqs/router';
import { type RunningGateway, startGateway } from '../support/embedded';

const TITAN = 'amazon.titan-embed-text-v2:0';

let clock: SimulatedClock;
let running: RunningGateway;
let service: BedrockService;
let bedrock: BedrockRuntimeClient;
let sqs: SQSClient;
beforeEach(async () => {
  clock = new SimulatedClock();
  const kernel = { clock, random: new SeededRandom('bedrock') };
  running = await startGateway(
    (host) => {
      service = createBedrockService(host);
      return [service, createSqsService(host)];
    },
    { kernel },
  );
  bedrock = new BedrockRuntimeClient(running.client);
  sqs = new SQSClient(running.client);
});
afterEach(async () => {
  bedrock.destroy();
  sqs.destroy();
  await running.close();
});

const invoke = async (body: object | string, modelId = TITAN, client = bedrock) => {
  const answer = await client.send(
    new InvokeModelCommand({ modelId, body: typeof body === 'string' ? body : JSON.stringify(body) }),
  );
  return { contentType: answer.contentType, ...JSON.parse(answer.body.transformToString()) };
};

describe('a model', () => {
  it('embeds a text over HTTP/2 through the unmodified SDK', async () => {
    const answer = await invoke({ inputText: 'A carrier refuses the parcel.' });
    expect(answer).toMatchObject({ contentType: 'application/json', inputTextTokenCount: expect.any(Number) });
    expect(answer.embedding).toHaveLength(1024);
    expect(Math.hypot(...answer.embedding)).toBeCloseTo(1, 5);
    expect(answer.embeddingsByType).toEqual({ float: answer.embedding });
    expect(await invoke({ inputText: 'A carrier refuses the parcel.' })).toEqual(answer);
  });

  it('says in headers what the invocation cost', async () => {
    const headers: Record<string, string>[] = [];
    bedrock.middlewareStack.add(
      (next) => async (args) => {
        const result = await next(args);
        headers.push((result.response as { headers: Record<string, string> }).headers);
        return result;
      },
      { step: 'deserialize' },
    );
    const { inputTextTokenCount } = await invoke({ inputText: 'How much is this?' });
    expect(headers[0]).toMatchObject({
      'x-amzn-bedrock-input-token-count': String(inputTextTokenCount),
      'x-amzn-bedrock-invocation-latency': '0',
    });
  });

  it('gives the dimensions, lengths and types that are asked for', async () => {
    const inputText = 'A carrier refuses the parcel.';
    const small = await invoke({ inputText, dimensions: 256, normalize: false, embeddingTypes: ['binary', 'float'] });
    expect(small.embedding).toHaveLength(256);
    expect(Math.hypot(...small.embedding)).toBeGreaterThan(1.5);
    expect(small.embeddingsByType.float).toEqual(small.embedding);
    expect(small.embeddingsByType.binary).toEqual(small.embedding.map((value: number) => (value > 0 ? 1 : 0)));
    expect((await invoke({ inputText, dimensions: 512 })).embedding).toHaveLength(512);
  });

  it('is found by its ARN, too', async () => {
    const arn = `arn:aws:bedrock:us-east-1::foundation-model/${TITAN}`;
    expect((await invoke({ inputText: 'a' }, arn)).embedding).toHaveLength(1024);
  });

  it.each<[string, object | string, string]>([
    ['no text', {}, 'Malformed input request: #: required key [inputText] not found, please reformat'],
    ['an empty text', { inputText: '' }, 'Malformed input request: expected minLength: 1, actual: 0, please reformat'],
    ['50,001 characters', { inputText: ' '.repeat(50_001) }, 'expected maxLength: 50000, actual: 50001'],
    [
      '8,193 tokens',
      { inputText: 'be '.repeat(8193) },
      '400 Bad Request: Too many input tokens. Max input tokens: 8192, request input token count: 8193 ',
    ],
    ['other dimensions', { inputText: 'a', dimensions: 300 }, '#/dimensions: 300 is not a valid enum value'],
    [
      'another type',
      { inputText: 'a', embeddingTypes: ['int8'] },
      '#/embeddingTypes/0: int8 is not a valid enum value',
    ],
    ['an extra member', { inputText: 'a', texts: [] }, '#: extraneous key [texts] is not permitted'],
    ['several mistakes', { texts: [], normalize: 1 }, 'Malformed input request: 3 schema violations found'],
    ['no JSON', 'text', 'Malformed input request, please reformat your input and try again.'],
  ])('rejects %s', async (_, body, message) => {
    await expect(invoke(body)).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining(message),
      $metadata: expect.objectContaining({ httpStatusCode: 400 }),
    });
  });

  it('rejects other models and what names no model', async () => {
    await expect(invoke({ inputText: 'a' }, 'amazon.titan-embed-text-v1')).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      $metadata: expect.objectContaining({ httpStatusCode: 404 }),
    });
    await expect(invoke({ inputText: 'a' }, 'titan')).rejects.toMatchObject({
      name: 'ValidationException',
      message: 'The provided model identifier is invalid.',
    });
  });

  it('fails for operations that are not there, and says so', async () => {
    await expect(bedrock.send(new ConverseCommand({ modelId: TITAN, messages: [] }))).rejects.toMatchObject({
      name: 'UnknownOperationException',
    });
    const stream = new InvokeModelWithResponseStreamCommand({ modelId: TITAN, body: '{}' });
    await expect(bedrock.send(stream)).rejects.toMatchObject({ name: 'UnknownOperationException' });
    expect(running.warnings).toHaveLength(2);
  });
});

describe('a limit of requests', () => {
  const throttling = {
    name: 'ThrottlingException',
    message: 'Too many requests, please wait before trying again.',
    $metadata: expect.objectContaining({ httpStatusCode: 429 }),
  };

  it('throttles what goes beyond it until time has passed, and can be lifted', async () => {
    service.limitRequests(2);
    const answers = await Promise.allSettled([1, 2, 3].map((n) => invoke({ inputText: `text ${n}` })));
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected']);
    await expect(invoke({ inputText: 'a' })).rejects.toMatchObject(throttling);
    await clock.turn(500);
    await invoke({ inputText: 'a' });
    await expect(invoke({ inputText: 'a' })).rejects.toMatchObject(throttling);
    service.limitRequests(undefined);
    await invoke({ inputText: 'a' });
    expect(service.requestCounts()).toEqual({ admitted: 4, throttled: 3 });
    expect(() => service.limitRequests(0)).toThrow(RangeError);
  });

  it('is overcome by the retries of the SDK', async () => {
    service.limitRequests(1);
    await invoke({ inputText: 'a' });
    const patient = new BedrockRuntimeClient({
      ...running.client,
      retryStrategy: {
        mode: 'standard',
        acquireInitialRetryToken: async () => ({ getRetryCount: () => 0, getRetryDelay: () => 0 }),
        refreshRetryTokenForRetry: async (token) => {
          await clock.turn(1000);
          return token;
        },
        recordSuccess: () => undefined,
      },
    });
    expect((await invoke({ inputText: 'a' }, TITAN, patient)).embedding).toHaveLength(1024);
    patient.destroy();
  });
});

it('times out when asked to', async () => {
  service.timeOutNext(1);
  await expect(invoke({ inputText: 'a' })).rejects.toMatchObject({
    name: 'ModelTimeoutException',
    $metadata: expect.objectContaining({ httpStatusCode: 408 }),
  });
  await invoke({ inputText: 'a' });
});

describe('the port', () => {
  it('takes HTTP/1.1 beside HTTP/2, for Bedrock and for others', async () => {
    const overHttp1 = new BedrockRuntimeClient({ ...running.client, requestHandler: new NodeHttpHandler() });
    const [first, second] = await Promise.all([
      invoke({ inputText: 'same' }),
      invoke({ inputText: 'same' }, TITAN, overHttp1),
      sqs.send(new ListQueuesCommand({})),
    ]);
    expect(first).toEqual(second);
    overHttp1.destroy();
  });

  it('takes a hundred requests at once on one connection, with texts of many frames', async () => {
    const texts = Array.from({ length: 100 }, (_, i) => `word${i} `.repeat(1000));
    const counts = await Promise.all(texts.map(async (inputText) => (await invoke({ inputText })).inputTextTokenCount));
    expect(counts.every((count) => count === 2000)).toBe(true);
  });

  /** Enough turns of the event loop, which client and server share, for bytes to arrive. */
  const turns = async () => {
    for (let i = 0; i < 20; i++) await new Promise(setImmediate);
  };
  /** What the server says to bytes that arrive in these pieces. */
  const say = async (pieces: string[]): Promise<string> => {
    const socket = connect({ port: Number(new URL(running.url).port), host: '127.0.0.1', noDelay: true });
    await new Promise((resolve) => socket.once('connect', resolve));
    for (const piece of pieces) {
      socket.write(piece);
      await turns();
    }
    const answer = await new Promise<Buffer>((resolve) => socket.once('data', resolve));
    socket.destroy();
    return answer.toString('latin1');
  };

  it('tells the protocols apart when their first bytes come one by one', async () => {
    const request = ['P', 'O', 'ST / HTTP/1.1\r\nHost: 127.0.0.1\r\n', 'Content-Length: 0\r\n\r\n'];
    expect(await say(request)).toMatch(/^HTTP\/1\.1 404/);
    const SETTINGS = '\0\0\0\x04\0\0\0\0\0';
    const preface = ['PR', 'I * HTTP/2.0\r\n\r\nSM\r\n\r\n', SETTINGS];
    expect((await say(preface)).charCodeAt(3)).toBe(4);
  });

  it('refuses web pages over HTTP/2 as over HTTP/1.1', async () => {
    bedrock.middlewareStack.add(
      (next) => (args) => {
        (args.request as { headers: Record<string, string> }).headers.origin = 'https://example.com';
        return next(args);
      },
      { step: 'build' },
    );
    await expect(invoke({ inputText: 'a' })).rejects.toMatchObject({ $metadata: { httpStatusCode: 403 } });
  });

  it('closes with connections open that have said nothing', async () => {
    const port = Number(new URL(running.url).port);
    const silent = connect(port, '127.0.0.1');
    await new Promise((resolve) => silent.once('connect', resolve));
    await invoke({ inputText: 'a' });
    const isClosed = new Promise((resolve) => silent.once('close', resolve));
    await running.close();
    await isClosed;
    running = await startGateway(() => []);
  });
});
