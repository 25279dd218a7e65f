import type { Host } from '../../../wire/host';
import type { Action } from '../../../wire/service';
import type { AuthParameters, Connection, ConnectionStore } from '../connection-store';
import { connectionAlreadyExists, constraint, validation } from '../faults';

/** The input of CreateConnection. */
export interface CreateConnectionInput {
  readonly Name?: string;
  readonly Description?: string;
  readonly AuthorizationType?: string;
  readonly AuthParameters?: AuthParameters;
}

/** Adds a connection. Throws ResourceAlreadyExistsException or ValidationException. */
export function addConnection(host: Host, store: ConnectionStore, input: CreateConnectionInput): Connection {
  const { Name: name, AuthParameters: authParameters = {}, Description: description } = input;
  if (!name || !/^[.\-_A-Za-z0-9]{1,64}$/.test(name)) {
    throw constraint('name', name, 'satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+');
  }
  const authorizationType = readAuthorization(input.AuthorizationType, authParameters);
  if (store.get(name)) throw connectionAlreadyExists(name);
  const { region, accountId, kernel } = host;
  const path = `${name}/${kernel.random.uuid()}`;
  const suffix = kernel.random.uuid().slice(0, 6);
  const connection: Connection = {
    name,
    arn: `arn:aws:events:${region}:${accountId}:connection/${path}`,
    secretArn: `arn:aws:secretsmanager:${region}:${accountId}:secret:events!connection/${path}-${suffix}`,
    createdAtMs: kernel.clock.now(),
    ...(description === undefined ? {} : { description }),
    authorizationType,
    authParameters,
  };
  store.put(connection);
  return connection;
}

function readAuthorization(type: string | undefined, parameters: AuthParameters): Connection['authorizationType'] {
  if (type === 'OAUTH_CLIENT_CREDENTIALS') {
    throw validation('OAUTH_CLIENT_CREDENTIALS connections are not emulated: use API_KEY or BASIC.');
  }
  if (type !== 'API_KEY' && type !== 'BASIC') {
    throw constraint('authorizationType', type, 'satisfy enum value set: [BASIC, OAUTH_CLIENT_CREDENTIALS, API_KEY]');
  }
  const { ApiKeyAuthParameters: key, BasicAuthParameters: basic } = parameters;
  const isWhole = type === 'API_KEY' ? key?.ApiKeyName && key.ApiKeyValue : basic?.Username && basic.Password;
  if (!isWhole) {
    const wanted = type === 'API_KEY' ? 'ApiKeyAuthParameters' : 'BasicAuthParameters';
    throw validation(`Parameter(s) AuthParameters.${wanted} must be specified for the authorization type ${type}.`);
  }
  return type;
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateConnection.html */
export function createConnection(host: Host, store: ConnectionStore): Action<CreateConnectionInput> {
  return {
    access: ({ Name }) => [
      {
        action: 'events:CreateConnection',
        resource: `arn:aws:events:${host.region}:${host.accountId}:connection/${Name}`,
      },
    ],
    handle: (input) => {
      const { arn, createdAtMs } = addConnection(host, store, input);
      const at = createdAtMs / 1000;
      return { ConnectionArn: arn, ConnectionState: 'AUTHORIZED', CreationTime: at, LastModifiedTime: at };
    },
  };
}
