import { Agent, type ClientRequest } from 'node:http';

/** As many as an AWS client opens to one host. */
const MAX_SOCKETS = 50;

/** What AWS clients put before the host of an operation with a host of its own, as StartSyncExecution has. */
const HOST_PREFIX = 'sync-';

/** What Node.js itself calls an agent with. */
interface RequestTarget {
  readonly host?: string;
  readonly hostname?: string;
  readonly port?: number | string;
}

type AddRequest = (this: Agent, request: ClientRequest, target: RequestTarget, ...rest: unknown[]) => void;

/**
 * Lets all HTTP agents of this thread share their connections to the embedded AWS. Each AWS client of a function has an
 * agent of its own, as it talks to a host of its own on AWS; here all services are one host. A new connection is dear: a
 * Node.js server accepts one in a turn of its event loop, however many wait, so that a busy embedded AWS would leave a
 * new worker's requests unheard until they time out. `sync-` before the endpoint is the endpoint too: nobody else could
 * find a host of that name.
 */
export function shareConnections(endpoint: string): void {
  const { hostname, port } = new URL(endpoint);
  const shared = new Agent({ keepAlive: true, maxSockets: MAX_SOCKETS });
  const prototype = Agent.prototype as unknown as { addRequest: AddRequest };
  const { addRequest } = prototype;
  prototype.addRequest = function (request, target, ...rest) {
    const asked = target.hostname ?? target.host;
    const isEndpoint = (asked === hostname || asked === HOST_PREFIX + hostname) && String(target.port) === port;
    const agent = isEndpoint && this.constructor === Agent ? shared : this;
    addRequest.call(agent, request, isEndpoint ? { ...target, host: hostname, hostname } : target, ...rest);
  };
}
