import type { Authorizer } from '../../wire/authorizer';
import type { Host } from '../../wire/host';
import { ApiServers } from './api-servers';
import { DataPlane } from './data-plane';
import { ApiGatewayStore } from './store';

/** What the service is given besides its host. */
export interface ApiGatewayOptions {
  /** Who callers are and what they may do. Without one, every signed request is the administrator's. */
  readonly authorizer?: Authorizer;
  /**
   * The port of the first API; further ones take those that follow, in the order in which they are made, and leave out what
   * is taken. So an API keeps its port from one start to the next. @default any free port
   */
  readonly firstPort?: number;
}

/** What the resources and the data plane of API Gateway work with. */
export class ApiGateway {
  readonly store = new ApiGatewayStore();
  readonly dataPlane: DataPlane;
  readonly servers: ApiServers;

  constructor(
    readonly host: Host,
    readonly options: ApiGatewayOptions,
  ) {
    this.dataPlane = new DataPlane(host, options.authorizer);
    this.servers = new ApiServers((apiId) => this.store.api(apiId), this.dataPlane);
  }

  /** An id as AWS makes them: `length` lower-case letters and digits. */
  newId(length: number): string {
    const bytes = this.host.kernel.random.bytes(length);
    return [...bytes].map((byte) => (byte % 36).toString(36)).join('');
  }
}
