import type { Host } from '../../../wire/host';
import type { Action } from '../../../wire/service';
import type { AuthParameters, ConnectionParameter, ConnectionStore } from '../connection-store';
import { connectionDoesNotExist } from '../faults';

/** Shows a connection without its secrets. https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_DescribeConnection.html */
export function describeConnection(host: Host, store: ConnectionStore): Action<{ Name: string }> {
  return {
    access: ({ Name }) => [
      {
        action: 'events:DescribeConnection',
        resource: store.get(Name)?.arn ?? `arn:aws:events:${host.region}:${host.accountId}:connection/${Name}`,
      },
    ],
    handle: ({ Name }) => {
      const connection = store.get(Name);
      if (!connection) throw connectionDoesNotExist(Name);
      const at = connection.createdAtMs / 1000;
      return {
        ConnectionArn: connection.arn,
        Name: connection.name,
        Description: connection.description,
        ConnectionState: 'AUTHORIZED',
        AuthorizationType: connection.authorizationType,
        SecretArn: connection.secretArn,
        AuthParameters: withoutSecrets(connection.authParameters),
        CreationTime: at,
        LastModifiedTime: at,
        LastAuthorizedTime: at,
      };
    },
  };
}

function withoutSecrets({ ApiKeyAuthParameters, BasicAuthParameters, InvocationHttpParameters }: AuthParameters) {
  const open = (parameters: readonly ConnectionParameter[] | undefined) =>
    parameters?.map(({ Key, Value, IsValueSecret }) =>
      IsValueSecret ? { Key, IsValueSecret } : { Key, Value, IsValueSecret: false },
    );
  return {
    ApiKeyAuthParameters: ApiKeyAuthParameters && { ApiKeyName: ApiKeyAuthParameters.ApiKeyName },
    BasicAuthParameters: BasicAuthParameters && { Username: BasicAuthParameters.Username },
    InvocationHttpParameters: InvocationHttpParameters && {
      HeaderParameters: open(InvocationHttpParameters.HeaderParameters),
      QueryStringParameters: open(InvocationHttpParameters.QueryStringParameters),
      BodyParameters: open(InvocationHttpParameters.BodyParameters),
    },
  };
}
