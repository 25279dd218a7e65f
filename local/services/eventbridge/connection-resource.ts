import type { Host } from '../../wire/host';
import type { ResourceProvider, ResourceResult } from '../../wire/resource-provider';
import { addConnection } from './actions/create-connection';
import type { Connection, ConnectionStore } from './connection-store';

const PARAMETERS = { members: { Key: 'emulated', Value: 'emulated', IsValueSecret: 'boolean' } } as const;

/** `AWS::Events::Connection`: Ref is the name; attributes Arn, SecretArn. OAuth is refused with the property's name. */
export function connectionResource(host: Host, store: ConnectionStore): ResourceProvider {
  const resultOf = ({ name, arn, secretArn }: Connection): ResourceResult => ({
    physicalId: name,
    attributes: { Arn: arn, SecretArn: secretArn },
  });
  return {
    type: 'AWS::Events::Connection',
    properties: {
      Name: 'emulated',
      Description: 'emulated',
      AuthorizationType: 'emulated',
      AuthParameters: {
        members: {
          ApiKeyAuthParameters: { members: { ApiKeyName: 'emulated', ApiKeyValue: 'emulated' } },
          BasicAuthParameters: { members: { Username: 'emulated', Password: 'emulated' } },
          InvocationHttpParameters: {
            members: { HeaderParameters: PARAMETERS, QueryStringParameters: PARAMETERS, BodyParameters: PARAMETERS },
          },
        },
      },
    },
    create: (properties, context) =>
      resultOf(addConnection(host, store, { ...properties, Name: properties.Name ?? context.generateName(64) })),
    update: (physicalId, properties, previous, context) => {
      if (properties.Name !== previous.Name) {
        return resultOf(
          addConnection(host, store, { ...properties, Name: properties.Name ?? context.generateName(64) }),
        );
      }
      const old = store.get(physicalId);
      store.delete(physicalId);
      try {
        const { arn, secretArn, createdAtMs, ...changed } = addConnection(host, store, {
          ...properties,
          Name: physicalId,
        });
        const kept = old
          ? { arn: old.arn, secretArn: old.secretArn, createdAtMs: old.createdAtMs }
          : { arn, secretArn, createdAtMs };
        const connection = { ...changed, ...kept };
        store.put(connection);
        return resultOf(connection);
      } catch (error) {
        if (old) store.put(old);
        throw error;
      }
    },
    delete: (physicalId) => store.delete(physicalId),
  };
}
