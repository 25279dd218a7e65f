/** Owns the listening sockets: every API answers on a port of its own, on the loopback only. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readRequest } from './api-request';
import { type ApiResponse, Refusal } from './api-response';
import type { DataPlane } from './data-plane';
import type { Api } from './model';

/** The HTTP servers of the APIs. */
export class ApiServers {
  private readonly servers = new Map<string, Server>();

  constructor(
    private readonly find: (apiId: string) => Api | undefined,
    private readonly dataPlane: DataPlane,
  ) {}

  /** Listens for an API and gives the port. Rejects when `port` is taken; 0 takes any that is free. */
  async listen(apiId: string, port: number): Promise<number> {
    const server = createServer({ keepAliveTimeout: 60_000 }, (message, response) => {
      void this.answer(apiId, message, response);
    });
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

  private async answer(apiId: string, message: IncomingMessage, response: ServerResponse): Promise<void> {
    const api = this.find(apiId);
    if (!api) {
      response.destroy();
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

function write(response: ServerResponse, answer: ApiResponse): void {
  if (response.destroyed) return;
  const { 'content-length': _length, 'transfer-encoding': _encoding, ...headers } = answer.headers;
  const cookies = answer.cookies && answer.cookies.length > 0 ? { 'set-cookie': [...answer.cookies] } : {};
  response.writeHead(answer.statusCode, { ...headers, ...cookies, 'content-length': answer.body.length });
  response.end(answer.body);
}
