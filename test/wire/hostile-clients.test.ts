import { once } from 'node:events';
import { connect as connectHttp2, constants } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { SeededRandom } from '../../local/kernel/random';
import { createDynamoDbService } from '../../local/services/dynamodb/router';
import { createEventBridgeService } from '../../local/services/eventbridge/router';
import { newAccessKeyId } from '../../local/services/iam/access-keys';
import { createIamServices, type IamServices } from '../../local/services/iam/router';
import { createLambdaService } from '../../local/services/lambda/router';
import { createLogsService } from '../../local/services/logs/router';
import { createS3Service } from '../../local/services/s3/router';
import { createSchedulerService } from '../../local/services/scheduler/router';
import { createSqsService } from '../../local/services/sqs/router';
import { createStepFunctionsService } from '../../local/services/stepfunctions/router';
import { type RunningGateway, startGateway } from '../support/embedded';
import { MemoryJournal } from '../support/memory-journal';

let running: RunningGateway;
let identities: IamServices;

beforeAll(async () => {
  running = await startGateway(
    (host) => {
      identities = createIamServices(host);
      const services = [
        ...[createSqsService, createDynamoDbService, createEventBridgeService, createLogsService, createS3Service],
        ...[createStepFunctionsService, createSchedulerService],
      ].map((create) => create(host));
      return [identities.iam, identities.sts, createLambdaService(host), ...services];
    },
    { journal: new MemoryJournal() },
  );
  running.gateway.useAuthorizer(identities.authorizer);
});

afterAll(() => running.close());

afterEach(async () => {
  // Whatever somebody has sent, the next one is served.
  const { status } = await post('AmazonSQS.ListQueues', '{}');
  expect(status).toBe(200);
});

const signature = (service: string, key = 'test', region = 'us-east-1') =>
  `AWS4-HMAC-SHA256 Credential=${key}/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=0`;

async function post(target: string, body: string, headers: Record<string, string> = {}) {
  const response = await fetch(running.url, {
    method: 'POST',
    body,
    headers: { 'x-amz-target': target, authorization: signature('sqs'), ...headers },
  });
  const text = await response.text();
  return { status: response.status, text, code: text.startsWith('{') ? JSON.parse(text).__type : undefined };
}

async function rest(service: string, method: string, path: string, body?: string, key = 'test') {
  const headers = { authorization: signature(service, key) };
  const response = await fetch(running.url + path, { method, body, headers });
  return { status: response.status, code: response.headers.get('x-amzn-errortype'), text: await response.text() };
}

/** Opens a connection, sends bytes as they are, and gives all that comes back until the other side is done. */
async function raw(...pieces: (string | Buffer)[]): Promise<string> {
  const socket = open();
  for (const piece of pieces) socket.write(piece);
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('latin1');
}

function open(): Socket {
  const socket = connect(Number(new URL(running.url).port), '127.0.0.1');
  socket.on('error', () => undefined);
  return socket;
}

const HOST = 'Host: 127.0.0.1\r\n';
const CLOSE = 'Connection: close\r\n';

describe('malformed requests', () => {
  it.each([
    ['no HTTP at all', 'hello\r\n\r\n', /^HTTP\/1.1 400/],
    ['TLS', Buffer.from('1603010200010001fc0303', 'hex'), /^HTTP\/1.1 400/],
    ['no host', `GET / HTTP/1.1\r\n${CLOSE}\r\n`, /^HTTP\/1.1 400/],
    ['two lengths', `POST / HTTP/1.1\r\n${HOST}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab`, /^HTTP\/1.1 400/],
    [
      'a length and chunks',
      `POST / HTTP/1.1\r\n${HOST}Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`,
      /^HTTP\/1.1 400/,
    ],
    ['a negative length', `POST / HTTP/1.1\r\n${HOST}Content-Length: -1\r\n\r\n`, /^HTTP\/1.1 400/],
    [
      'a chunk that is no number',
      `POST / HTTP/1.1\r\n${HOST}Transfer-Encoding: chunked\r\n\r\nzz\r\n`,
      /^HTTP\/1.1 400/,
    ],
    ['a target for a proxy', `GET http://evil.example/ HTTP/1.1\r\n${HOST}${CLOSE}\r\n`, /^HTTP\/1.1 400/],
    ['a target for a proxy here', `GET http://127.0.0.1/inbox HTTP/1.1\r\n${HOST}${CLOSE}\r\n`, /^HTTP\/1.1 400/],
    ['an asterisk', `OPTIONS * HTTP/1.1\r\n${HOST}${CLOSE}\r\n`, /^HTTP\/1.1 400/],
    ['a tunnel', `CONNECT 127.0.0.1:22 HTTP/1.1\r\n${HOST}\r\n`, /^$/],
    ['headers of 40 KB', `GET / HTTP/1.1\r\n${HOST}X: ${'x'.repeat(40_000)}\r\n\r\n`, /^HTTP\/1.1 431/],
    ['5,000 headers', `GET /x HTTP/1.1\r\n${HOST}${CLOSE}${'a: b\r\n'.repeat(5_000)}\r\n`, /^HTTP\/1.1 404/],
    ['escapes that are none', `GET /%zz/%c0%ae HTTP/1.1\r\n${HOST}${CLOSE}\r\n`, /^HTTP\/1.1 404/],
    ['a host and a name before it', `GET / HTTP/1.1\r\nHost: 127.0.0.1@evil.example\r\n${CLOSE}\r\n`, /^HTTP\/1.1 403/],
    ['a host that only begins so', `GET / HTTP/1.1\r\nHost: 127.0.0.1.evil.example\r\n${CLOSE}\r\n`, /^HTTP\/1.1 403/],
  ])('are refused: %s', async (_what, bytes, expected) => {
    expect(await raw(bytes)).toMatch(expected);
  });

  it('are answered in order when they come in one piece', async () => {
    const one = (n: number) =>
      `POST / HTTP/1.1\r\n${HOST}X-Amz-Target: AmazonSQS.Nothing${n}\r\nContent-Length: 2\r\n\r\n{}`;
    const last = `GET /none HTTP/1.1\r\n${HOST}${CLOSE}\r\n`;
    const answers = await raw(Array.from({ length: 500 }, (_, n) => one(n)).join('') + last);
    expect(answers.match(/HTTP\/1\.1 400/g)).toHaveLength(500);
    expect(answers.match(/HTTP\/1\.1 404/g)).toHaveLength(1);
  });
});

describe('web pages', () => {
  it.each<[string, Record<string, string>]>([
    ['an origin', { origin: 'https://evil.example' }],
    ['an origin of this machine', { origin: 'http://127.0.0.1:3000' }],
    ['no origin that it tells', { origin: 'null' }],
    ['an image of another site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
    ['a script of another port', { 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'no-cors' }],
  ])('are refused: %s', async (_what, headers) => {
    expect(await post('AmazonSQS.ListQueues', '{}', headers)).toMatchObject({
      status: 403,
      code: 'AccessDeniedException',
    });
  });

  it('are refused under the name of another host', async () => {
    const answer = await raw(`GET / HTTP/1.1\r\nHost: rebound.example\r\n${CLOSE}\r\n`);
    expect(answer).toMatch(/^HTTP\/1.1 403/);
  });
});

describe('signatures', () => {
  it.each([['Basic dGVzdDp0ZXN0'], ['AWS4-HMAC-SHA256'], ['Bearer x'], ['AWS4-HMAC-SHA256 Credential=a/b/c'], ['']])(
    'are refused when they cannot be read: %s',
    async (authorization) => {
      const answer = await post('AmazonSQS.ListQueues', '{}', { authorization });
      expect(answer).toMatchObject({ status: 403, code: 'IncompleteSignatureException' });
    },
  );

  it('of a key that was made here and is known no longer are refused', async () => {
    const forgotten = newAccessKeyId(new SeededRandom('another process'));
    const answer = await post('AmazonSQS.ListQueues', '{}', { authorization: signature('sqs', forgotten) });
    expect(answer).toMatchObject({ status: 403, code: expect.stringMatching(/InvalidClientTokenId$/) });
  });

  it('for a service that is not there find nobody', async () => {
    expect(await rest('nosuch', 'GET', '/2026/things')).toMatchObject({ status: 404 });
    expect(await rest('__proto__', 'GET', '/2026/things')).toMatchObject({ status: 404 });
  });
});

describe('bodies', () => {
  const SERVICES = [
    ['AmazonSQS.SendMessage'],
    ['DynamoDB_20120810.PutItem'],
    ['AWSEvents.PutEvents'],
    ['Logs_20140328.PutLogEvents'],
    ['AWSStepFunctions.StartExecution'],
  ];

  it.each(SERVICES)('of %s that are no object are refused', async (target) => {
    for (const body of ['', '{', '[]', '"x"', 'null', '{"a":1}x', '\u0000', '{"a":NaN}', '[[[[']) {
      const { status, code } = await post(target, body);
      expect([status, code !== 'InternalFailure']).toEqual([400, true]);
    }
  });

  it.each(SERVICES)('of %s with members of the wrong kind are refused', async (target) => {
    const names = ['QueueUrl', 'MessageBody', 'TableName', 'Item', 'Entries', 'logEvents', 'stateMachineArn', 'input'];
    for (const value of [null, true, 7, -1e308, 'x', [], [[]], {}, [{ a: [null] }]]) {
      const { status, code } = await post(
        target,
        JSON.stringify(Object.fromEntries(names.map((name) => [name, value]))),
      );
      expect({ target, value, status: status < 500, code: code !== 'InternalFailure' }).toEqual({
        target,
        value,
        status: true,
        code: true,
      });
    }
  });

  it.each(SERVICES)('of %s that would reach the prototype change nothing', async (target) => {
    const body =
      '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"Item":{"__proto__":{"S":"x"}}}';
    await post(target, body);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('of values in values beyond a thousand levels are refused, in lists as in objects', async () => {
    for (const [begin, end] of [
      ['[', ']'],
      ['{"a":', '}'],
    ]) {
      const deep = `{"a":${begin!.repeat(200_000)}1${end!.repeat(200_000)}}`;
      const refused = { status: 400, code: expect.stringMatching(/SerializationException$/) };
      expect(await post('AmazonSQS.SendMessage', deep)).toMatchObject(refused);
      expect(await post('DynamoDB_20120810.PutItem', deep)).toMatchObject(refused);
    }
    expect(await rest('lambda', 'POST', '/2015-03-31/event-source-mappings', '{"a":'.repeat(5_000))).toMatchObject({
      status: 400,
    });
  });

  it('with brackets in texts are no deep ones', async () => {
    const { code } = await post('AmazonSQS.SendMessage', JSON.stringify({ MessageBody: '[{"'.repeat(5_000) }));
    expect(code).not.toMatch(/Serialization/);
  });

  it('of deep JSON within JSON neither end the process nor fail in it', async () => {
    const deep = `${'['.repeat(20_000)}${']'.repeat(20_000)}`;
    const entry = { Source: 'a', DetailType: 'b', Detail: `{"a":${deep}}` };
    await post('AWSEvents.PutRule', JSON.stringify({ Name: 'all', EventPattern: '{"source":["a"]}' }));
    await post(
      'AWSEvents.PutTargets',
      JSON.stringify({
        Rule: 'all',
        Targets: [{ Id: '1', Arn: 'arn:aws:sqs:us-east-1:000000000000:none' }],
      }),
    );
    const { status, text } = await post('AWSEvents.PutEvents', JSON.stringify({ Entries: [entry] }));
    expect([status, JSON.parse(text).FailedEntryCount]).toEqual([200, 1]);
    const pattern = await post('AWSEvents.TestEventPattern', JSON.stringify({ EventPattern: deep, Event: '{}' }));
    expect(pattern.status).toBe(400);
  });

  it('that are larger than any API takes are refused', async () => {
    expect(await post('AmazonSQS.SendMessage', 'x'.repeat(17 * 2 ** 20))).toMatchObject({ status: 413 });
  });

  it('that come slowly together may not fill the memory', async () => {
    const head = `POST / HTTP/1.1\r\n${HOST}X-Amz-Target: AmazonSQS.SendMessage\r\nContent-Length: 16000000\r\n\r\n`;
    const sockets = Array.from({ length: 20 }, () => open());
    const answers = sockets.map(async (socket) => {
      socket.write(head);
      for (let i = 0; i < 15; i++) if (!socket.write(Buffer.alloc(1_000_000, 0x20))) await once(socket, 'drain');
      return 'held';
    });
    const refused = sockets.map(async (socket) => String((await once(socket, 'data'))[0]).slice(0, 12));
    expect(await Promise.race(refused)).toBe('HTTP/1.1 413');
    await Promise.allSettled(answers);
    for (const socket of sockets) socket.destroy();
  });
});

describe('names and paths', () => {
  it.each([
    ['/../../../../etc/passwd'],
    ['/bucket/../../etc/passwd'],
    ['/bucket/%2e%2e/%2e%2e/etc/passwd'],
    ['/bucket/..%2f..%2fetc%2fpasswd'],
    ['/bucket/%00'],
    ['//etc/passwd'],
  ])('of S3 reach no file: %s', async (path) => {
    const request = `GET ${path} HTTP/1.1\r\n${HOST}${CLOSE}Authorization: ${signature('s3')}\r\n\r\n`;
    const answer = await raw(request);
    expect(answer).toMatch(/^HTTP\/1.1 4\d\d/);
    expect(answer).not.toContain('root:');
  });

  it('of S3 with dots are keys like others', async () => {
    const headers = { authorization: signature('s3') };
    await fetch(`${running.url}/dots`, { method: 'PUT', headers });
    const put = `PUT /dots/../../a HTTP/1.1\r\n${HOST}${CLOSE}Authorization: ${signature('s3')}\r\nContent-Length: 1\r\n\r\nx`;
    expect(await raw(put)).toMatch(/^HTTP\/1.1 (200|400)/);
  });

  it('of other accounts are not there', async () => {
    const QueueUrl = `${running.url}/999999999999/orders`;
    expect((await post('AmazonSQS.GetQueueAttributes', JSON.stringify({ QueueUrl }))).status).toBe(400);
    const stateMachineArn = 'arn:aws:states:us-east-1:999999999999:stateMachine:orders';
    const states = await post('AWSStepFunctions.DescribeStateMachine', JSON.stringify({ stateMachineArn }));
    expect(states.status).toBe(400);
    const foreign = encodeURIComponent('arn:aws:lambda:us-east-1:999999999999:function:f');
    expect(await rest('lambda', 'GET', `/2015-03-31/functions/${foreign}`)).toMatchObject({ status: 403 });
    const far = encodeURIComponent('arn:aws:lambda:eu-west-1:000000000000:function:f');
    expect(await rest('lambda', 'GET', `/2015-03-31/functions/${far}`)).toMatchObject({ status: 404 });
  });

  it.each([
    ['__proto__'],
    ['constructor'],
    ['toString'],
    ['..'],
    ['%2e%2e'],
    ['a%2f..%2fb'],
    ['%00'],
    ['x'.repeat(5_000)],
  ])('of functions, schedules and APIs that every object has are not there: %s', async (name) => {
    for (const [service, path] of [
      ['lambda', `/2015-03-31/functions/${name}`],
      ['lambda', `/2015-03-31/functions/f/aliases/${name}`],
      ['scheduler', `/schedules/${name}`],
    ] as const) {
      const { status } = await rest(service, 'GET', path);
      expect([400, 404]).toContain(status);
    }
  });
});

describe('connections', () => {
  it('are many and idle, and the next one is served', async () => {
    const sockets = Array.from({ length: 3_000 }, () => open());
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    expect((await post('AmazonSQS.ListQueues', '{}')).status).toBe(200);
    for (const socket of sockets) socket.destroy();
  });

  it('over HTTP/2 that open and reset streams without end are ended', async () => {
    const session = connectHttp2(running.url);
    session.on('error', () => undefined);
    await once(session, 'connect');
    const ended = new Promise<void>((resolve) => session.once('close', resolve));
    for (let i = 0; i < 5_000 && !session.destroyed && !session.closed; i++) {
      const stream = session.request({ ':method': 'POST', ':path': '/' });
      stream.on('error', () => undefined);
      stream.close(constants.NGHTTP2_CANCEL);
      if (i % 500 === 0) await new Promise<void>((resolve) => setImmediate(resolve));
    }
    await ended;
  });

  it('over HTTP/2 are held to the same rules', async () => {
    const session = connectHttp2(running.url);
    const status = async (headers: Record<string, string>) => {
      const stream = session.request({ ':method': 'GET', ':path': '/inbox', ...headers });
      stream.resume();
      const [answer] = await once(stream, 'response');
      return answer[':status'];
    };
    expect(await status({ origin: 'https://evil.example' })).toBe(403);
    expect(await status({ ':authority': 'evil.example' })).toBe(403);
    session.close();
    await once(session, 'close');
  });
});

it('says nothing of defects of its own', () => {
  expect(running.warnings.filter((line) => line.includes('failed inside') || line.includes('defect'))).toEqual([]);
});
