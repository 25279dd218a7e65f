/**
 * Owns HTTP/2 on the port: connections that begin with its preface ("prior knowledge", as the SDK speaks to Bedrock on plain
 * http) go to an HTTP/2 server, all others to the HTTP/1.1 server, untouched. Requests of both come to the same handler.
 * Does not tell an action that its HTTP/2 client has gone away: nothing that waits is asked over HTTP/2.
 * Costs one look at the first bytes of a connection, and nothing per request.
 * Ends connections that say nothing, and sessions that rest.
 */
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { createServer, type ServerHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';

/** What the preface begins with; no HTTP/1.1 method does. RFC 9113, section 3.4. */
const PREFACE = Buffer.from('PRI ');

/** Streams that a client may have open at a time; resets beyond Node.js's own rate end the session. */
const MOST_STREAMS = 256;
const SESSION_REST_MS = 60_000;
/** Of connections that have said nothing yet the oldest goes when there are more. */
const MOST_SILENT = 2_000;

/** Looks at each connection of an HTTP/1.1 server before that server does. A connection has `silenceMs` for its first bytes. */
export class Http2Door {
  private readonly http2 = createServer({ settings: { maxConcurrentStreams: MOST_STREAMS } });
  private readonly sessions = new Set<ServerHttp2Session>();
  /** Connections that have not said enough yet. */
  private readonly silent = new Set<Socket>();

  constructor(
    http1: Server,
    handle: RequestListener,
    private readonly silenceMs: number,
  ) {
    // Node.js gives HTTP/2 requests and responses the interface of HTTP/1.1, but not its types.
    this.http2.on('request', (request, response) => {
      handle(request as unknown as IncomingMessage, response as unknown as ServerResponse);
    });
    this.http2.on('session', (session) => {
      this.sessions.add(session);
      session.once('close', () => this.sessions.delete(session));
      session.on('error', () => session.destroy());
      session.setTimeout(SESSION_REST_MS, () => session.close());
    });
    const takeOver = http1.listeners('connection');
    http1.removeAllListeners('connection');
    http1.on('connection', (socket: Socket) => {
      this.whenKnown(socket, (isHttp2) => {
        if (isHttp2) this.http2.emit('connection', socket);
        else for (const listener of takeOver) listener.call(http1, socket);
      });
    });
  }

  /** Ends what the HTTP/1.1 server does not know of: HTTP/2 sessions, and connections that have said nothing. */
  closeAllConnections(): void {
    for (const session of this.sessions) session.destroy();
    for (const socket of this.silent) socket.destroy();
  }

  /** Tells by the first bytes, and puts them back. */
  private whenKnown(socket: Socket, take: (isHttp2: boolean) => void): void {
    let begin = Buffer.alloc(0);
    const forget = () => {
      this.silent.delete(socket);
      socket.setTimeout(0);
      socket.off('readable', look).off('end', drop).off('error', forget).off('close', forget).off('timeout', drop);
    };
    const drop = () => {
      socket.destroy();
    };
    const look = () => {
      for (let chunk = socket.read(); chunk !== null; chunk = socket.read()) begin = Buffer.concat([begin, chunk]);
      const isHttp2 = startsAlike(begin, PREFACE);
      if (isHttp2 && begin.length < PREFACE.length) return;
      forget();
      socket.unshift(begin);
      take(isHttp2);
    };
    this.silent.add(socket);
    const [oldest] = this.silent;
    if (this.silent.size > MOST_SILENT) oldest!.destroy();
    socket.setTimeout(this.silenceMs);
    socket.on('readable', look).on('end', drop).on('error', forget).on('close', forget).on('timeout', drop);
  }
}

function startsAlike(one: Buffer, other: Buffer): boolean {
  const length = Math.min(one.length, other.length);
  return one.subarray(0, length).equals(other.subarray(0, length));
}
