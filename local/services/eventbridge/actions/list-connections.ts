import type { Host } from '../../../wire/host';
import type { Action } from '../../../wire/service';
import type { ConnectionStore } from '../connection-store';
import { pageOf } from '../page';

interface ListConnectionsInput {
  readonly NamePrefix?: string;
  readonly ConnectionState?: string;
  readonly NextToken?: string;
  readonly Limit?: number;
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_ListConnections.html */
export function listConnections(host: Host, store: ConnectionStore): Action<ListConnectionsInput> {
  return {
    access: () => [
      { action: 'events:ListConnections', resource: `arn:aws:events:${host.region}:${host.accountId}:connection/*` },
    ],
    handle: (input) => {
      const connections = store
        .all()
        .filter(({ name }) => name.startsWith(input.NamePrefix ?? ''))
        .filter(() => (input.ConnectionState ?? 'AUTHORIZED') === 'AUTHORIZED')
        .map(({ name, arn, createdAtMs, authorizationType }) => ({
          Name: name,
          ConnectionArn: arn,
          ConnectionState: 'AUTHORIZED',
          AuthorizationType: authorizationType,
          CreationTime: createdAtMs / 1000,
          LastModifiedTime: createdAtMs / 1000,
          LastAuthorizedTime: createdAtMs / 1000,
        }));
      const { page, NextToken } = pageOf(connections, input.Limit, input.NextToken);
      return { Connections: page, NextToken };
    },
  };
}
