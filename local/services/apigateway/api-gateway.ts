import type { Authorizer } from '../../wire/authorizer';
import type { Host } from '../../wire/host';
import type { Access } from '../../wire/service';
import { ApiServers } from './api-servers';
import { DataPlane } from './data-plane';
import { notFoundException } from './faults';
import type { Api } from './model';
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
  /**
   * Whether an API answers whoever asks, as on AWS: under any Host, and to the pages of any site. Without it a site that is open in a
   * browser cannot drive what runs here. @default false
   */
  readonly answersAnySite?: boolean;
}

/** What the resources and the data plane of API Gateway work with. */
export class ApiGateway {
  readonly store: ApiGatewayStore;
  readonly dataPlane: DataPlane;
  readonly servers: ApiServers;

  constructor(
    readonly host: Host,
    readonly options: ApiGatewayOptions,
  ) {
    this.store = new ApiGatewayStore(host.journal);
    this.dataPlane = new DataPlane(host, options.authorizer);
    this.servers = new ApiServers((apiId) => this.store.api(apiId), this.dataPlane, options.answersAnySite);
  }

  /** Listens for the APIs that an earlier process left, on the ports that their addresses name. Warns of one that is taken. */
  async resume(): Promise<void> {
    for (const { id, name, port } of this.store.all()) {
      try {
        await this.servers.listenOn(id, port);
      } catch (error) {
        this.host.warn(`API ${name} does not answer on its port ${port}: ${(error as Error).message}`);
      }
    }
  }

  /** An API that a request names. Throws NotFoundException. */
  known(apiId: string): Api {
    const api = this.store.api(apiId);
    if (!api) throw notFoundException(`Invalid API identifier specified ${this.host.accountId}:${apiId}`);
    return api;
  }

  /** https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonapigatewaymanagementv2.html */
  readAccess(path: string): Access[] {
    return [{ action: 'apigateway:GET', resource: `arn:aws:apigateway:${this.host.region}::${path}` }];
  }

  /** An id as AWS makes them: `length` lower-case letters and digits. */
  newId(length: number): string {
    const bytes = this.host.kernel.random.bytes(length);
    return [...bytes].map((byte) => (byte % 36).toString(36)).join('');
  }
}
