import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import { connect, type Socket } from 'node:net';
import { systemKernel } from '../../local/kernel/kernel';
import { Gateway } from '../../local/wire/gateway';
import { WireServer } from '../../local/wire/wire-server';

const LIMITS = { silenceMs: 100, headersMs: 100, requestMs: 200, checkedEveryMs: 20, connections: 5 };
const HEADERS = 'POST / HTTP/1.1\r\nHost: 127.0.0.1\r\n';

let server: WireServer;
let port: number;
let held: (() => void)[];

beforeEach(async () => {
  held = [];
  const gateway = new Gateway({ kernel: systemKernel(), warn: () => undefined });
  gateway.register({
    name: 'slow',
    protocols: [{ kind: 'json', version: '1.0', target: 'Slow' }],
    actions: { Wait: { handle: () => new Promise<void>((resolve) => held.push(resolve)) } },
  });
  server = new WireServer(gateway, LIMITS);
  port = Number(new URL(await server.listen(0)).port);
});

afterEach(() => server.close());

function open(): Socket {
  const socket = connect(port, '127.0.0.1');
  socket.on('error', () => undefined);
  return socket;
}

/** What comes back until the other side ends the connection; a test that waits for ever has found a client without a limit. */
async function answerOf(socket: Socket, begin = ''): Promise<string> {
  const chunks: Buffer[] = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  if (begin) socket.write(begin);
  await once(socket, 'close');
  return Buffer.concat(chunks).toString('latin1');
}

it('ends a connection that says nothing', async () => {
  expect(await answerOf(open())).toBe('');
});

it('ends a connection that stops within the preface of HTTP/2', async () => {
  expect(await answerOf(open(), 'PR')).toBe('');
});

it('ends a request whose headers do not come', async () => {
  expect(await answerOf(open(), HEADERS)).toMatch(/^HTTP\/1.1 408/);
});

it('ends a request whose headers come byte by byte', async () => {
  const socket = open();
  const answer = answerOf(socket, HEADERS);
  const drip = setInterval(() => socket.write('x'), 10);
  expect(await answer).toMatch(/^HTTP\/1.1 408/);
  clearInterval(drip);
});

it('ends a request whose body does not come', async () => {
  expect(await answerOf(open(), `${HEADERS}Content-Length: 10\r\n\r\n{"a":`)).toMatch(/^HTTP\/1.1 408/);
});

it('waits for an answer longer than for a request', async () => {
  const socket = open();
  const answer = answerOf(
    socket,
    `${HEADERS}X-Amz-Target: Slow.Wait\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}`,
  );
  // Somebody else is ended meanwhile, who came later and was slow.
  await answerOf(open(), HEADERS);
  await answerOf(open(), `${HEADERS}Content-Length: 10\r\n\r\n{"a":`);
  for (const resolve of held) resolve();
  expect(await answer).toMatch(/^HTTP\/1.1 200/);
});

it('takes no more connections than it can hold', async () => {
  const sockets = Array.from({ length: 12 }, () => open());
  const closed = await Promise.race(sockets.map((socket) => once(socket, 'close').then(() => 'closed')));
  expect(closed).toBe('closed');
  for (const socket of sockets) socket.destroy();
});

it('lets HTTP/2 sessions go on beyond the limits of a request', async () => {
  const session = connectHttp2(`http://127.0.0.1:${port}`);
  await once(session, 'connect');
  await answerOf(open(), HEADERS);
  const stream = session.request({ ':path': '/none' });
  stream.resume();
  const [headers] = await once(stream, 'response');
  expect(headers[':status']).toBe(404);
  session.close();
  await once(session, 'close');
});
