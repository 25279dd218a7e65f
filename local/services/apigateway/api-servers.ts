/** Owns the listening sockets: every API answers on a port of its own, on the loopback only. */
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { AddressInfo } from 'node:net';
import { comesFromOtherSite, namesLoopback } from '../../wire/web-pages';
import { readRequest } from './api-request';
import { type ApiResponse, forbidden, Refusal } from './api-response';
import type { DataPlane } from './data-plane';
import type { Api } from './model';

const PORTS_TRIED = 200;
/** A client has this long for its headers, and for a whole request. */
const LIMITS = { headersTimeout: 30_000, requestTimeout: 60_000, connectionsCheckingInterval: 5_000 };
const MOST_CONNECTIONS = 5_000;

/** The HTTP servers of the APIs. */
export class ApiServers {
  private readonly servers = new Map<string, Server>();
  private listening: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly find: (apiId: string) => Api | undefined,
    private readonly dataPlane: DataPlane,
    private readonly answersAnySite = false,
  ) {}

  /**
   * Listens for an API and gives the port: the first that is free from `firstPort` on, or any that is. One API after the
   * other, so that those made side by side get their ports in order.
   */
  listen(apiId: string, firstPort?: number): Promise<number> {
    const port = this.listening.then(() =>
      firstPort === undefined ? this.bind(apiId, 0) : this.search(apiId, firstPort),
    );
    this.listening = port.catch(() => undefined);
    return port;
  }

  /** Listens on this very port. Rejects with EADDRINUSE when it is taken. */
  listenOn(apiId: string, port: number): Promise<number> {
    return this.bind(apiId, port);
  }

  async close(apiId: string): Promise<void> {
    const server = this.servers.get(apiId);
    if (!server) return;
    this.servers.delete(apiId);
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  }

  async closeAll(): Promise<void> {
    await Promise.all([...this.servers.keys()].map((apiId) => this.close(apiId)));
  }

  private async search(apiId: string, firstPort: number): Promise<number> {
    for (let port = firstPort; port < firstPort + PORTS_TRIED; port++) {
      try {
        return await this.bind(apiId, port);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
      }
    }
    throw new Error(`No port from ${firstPort} to ${firstPort + PORTS_TRIED - 1} is free for the API ${apiId}.`);
  }

  private async bind(apiId: string, port: number): Promise<number> {
    const server = createServer({ keepAliveTimeout: 60_000, ...LIMITS }, (message, response) => {
      void this.answer(apiId, message, response);
    });
    server.maxConnections = MOST_CONNECTIONS;
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
    this.servers.set(apiId, server);
    return (server.address() as AddressInfo).port;
  }

  private async answer(apiId: string, message: IncomingMessage, response: ServerResponse): Promise<void> {
    const api = this.find(apiId);
    if (!api) {
      response.destroy();
      return;
    }
    if (!this.answersAnySite && !mayAsk(message.headers, message.method)) {
      message.resume();
      write(response, forbidden('The request comes from another site, or names another host.').response);
      return;
    }
    try {
      write(response, await this.dataPlane.answer(api, await readRequest(message)));
    } catch (error) {
      if (error instanceof Refusal) write(response, error.response);
      else response.destroy();
    }
  }
}

/** Programs, people who follow a link, and the pages of the API itself. */
function mayAsk(headers: IncomingHttpHeaders, method: string | undefined): boolean {
  const { origin, host } = headers;
  if (!namesLoopback(headers) || comesFromOtherSite(headers, method)) return false;
  // Under `no-referrer` browsers hide the origin even from the page's own site, and vouch for it in another header.
  if (origin === 'null') return headers['sec-fetch-site'] === 'same-origin';
  return origin === undefined || origin === `http://${host}`;
}

function write(response: ServerResponse, answer: ApiResponse): void {
  if (response.destroyed) return;
  const { 'content-length': _length, 'transfer-encoding': _encoding, ...headers } = answer.headers;
  const cookies = answer.cookies && answer.cookies.length > 0 ? { 'set-cookie': [...answer.cookies] } : {};
  response.writeHead(answer.statusCode, { ...headers, ...cookies, 'content-length': answer.body.length });
  response.end(answer.body);
}
