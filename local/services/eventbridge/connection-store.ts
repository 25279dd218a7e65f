/** Owns the connections of EventBridge, with the secrets that AWS would keep in Secrets Manager. */
import type { Journal, JournalCollection } from '../../kernel/journal';

/** A parameter that a connection adds to every request. */
export interface ConnectionParameter {
  readonly Key: string;
  readonly Value: string;
  readonly IsValueSecret?: boolean;
}

/** As CreateConnection takes it. */
export interface AuthParameters {
  readonly ApiKeyAuthParameters?: { readonly ApiKeyName: string; readonly ApiKeyValue: string };
  readonly BasicAuthParameters?: { readonly Username: string; readonly Password: string };
  readonly InvocationHttpParameters?: {
    readonly HeaderParameters?: readonly ConnectionParameter[];
    readonly QueryStringParameters?: readonly ConnectionParameter[];
    readonly BodyParameters?: readonly ConnectionParameter[];
  };
}

/** A connection, as plain data. */
export interface Connection {
  readonly name: string;
  readonly arn: string;
  readonly secretArn: string;
  readonly createdAtMs: number;
  readonly description?: string;
  readonly authorizationType: 'API_KEY' | 'BASIC';
  readonly authParameters: AuthParameters;
}

/** The connections of one account and region. */
export class ConnectionStore {
  private readonly connections: Map<string, Connection>;
  private readonly records: JournalCollection<Connection>;

  constructor(journal: Journal) {
    this.records = journal.collection('events.connections');
    this.connections = new Map(this.records.restored());
  }

  /** By name. */
  all(): Connection[] {
    return [...this.connections.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  get(name: string): Connection | undefined {
    return this.connections.get(name);
  }

  byArn(arn: string): Connection | undefined {
    const connection = this.connections.get(arn.split('/')[1] ?? '');
    return connection?.arn === arn ? connection : undefined;
  }

  /** Adds a connection or replaces the one of that name. */
  put(connection: Connection): void {
    this.connections.set(connection.name, connection);
    this.records.put(connection.name, connection);
  }

  delete(name: string): void {
    this.connections.delete(name);
    this.records.delete(name);
  }
}
