import type { Host } from '../../../wire/host';
import type { Action } from '../../../wire/service';
import type { ConnectionStore } from '../connection-store';
import { connectionDoesNotExist } from '../faults';

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DeleteConnection.html */
export function deleteConnection(host: Host, store: ConnectionStore): Action<{ Name: string }> {
  return {
    access: ({ Name }) => [
      {
        action: 'events:DeleteConnection',
        resource: store.get(Name)?.arn ?? `arn:aws:events:${host.region}:${host.accountId}:connection/${Name}`,
      },
    ],
    handle: ({ Name }) => {
      const connection = store.get(Name);
      if (!connection) throw connectionDoesNotExist(Name);
      store.delete(Name);
      return { ConnectionArn: connection.arn, ConnectionState: 'DELETING' };
    },
  };
}
