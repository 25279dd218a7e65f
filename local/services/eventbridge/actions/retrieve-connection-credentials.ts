import type { Action } from '../../../wire/service';
import type { ConnectionStore } from '../connection-store';
import { connectionDoesNotExist } from '../faults';

/**
 * What Step Functions reads before an HTTP Task, with the three grants that AWS asks of the task's role.
 * https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html#connect-http-task-permissions
 */
export function retrieveConnectionCredentials(store: ConnectionStore): Action<{ ConnectionArn: string }> {
  return {
    access: ({ ConnectionArn }) => {
      const secretArn = store.byArn(ConnectionArn)?.secretArn;
      const secretActions =
        secretArn === undefined ? [] : ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'];
      return [
        { action: 'events:RetrieveConnectionCredentials', resource: ConnectionArn },
        ...secretActions.map((action) => ({ action, resource: secretArn! })),
      ];
    },
    handle: ({ ConnectionArn }) => {
      const connection = store.byArn(ConnectionArn);
      if (!connection) throw connectionDoesNotExist(ConnectionArn);
      return { AuthorizationType: connection.authorizationType, AuthParameters: connection.authParameters };
    },
  };
}
