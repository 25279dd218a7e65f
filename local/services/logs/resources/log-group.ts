import type { ResourceContext, ResourceProvider, ResourceResult } from '../../../wire/resource-provider';
import { checkGroupName, groupArn, type LogsParts } from '../logs-parts';
import { checkRetention } from '../retention';

interface LogGroupProperties {
  readonly LogGroupName?: string;
  readonly RetentionInDays?: number;
  readonly KmsKeyId?: string;
  readonly LogGroupClass?: 'STANDARD' | 'INFREQUENT_ACCESS' | 'DELIVERY';
  readonly Tags?: { readonly Key: string; readonly Value: string }[];
}

/** AWS::Logs::LogGroup. `Ref` is its name; attribute `Arn` ends with `:*`. */
export function logGroupResource({ store, host }: LogsParts): ResourceProvider<LogGroupProperties> {
  const resultOf = (name: string): ResourceResult => ({
    physicalId: name,
    attributes: { Arn: `${groupArn(host, name)}:*` },
  });
  const change = (name: string, { RetentionInDays, Tags = [] }: LogGroupProperties) => {
    store.setRetention(name, RetentionInDays === undefined ? undefined : checkRetention(RetentionInDays));
    store.setTags(name, Object.fromEntries(Tags.map(({ Key, Value }) => [Key, Value])));
    return resultOf(name);
  };
  const create = (properties: LogGroupProperties, context: ResourceContext) => {
    const name = checkGroupName(properties.LogGroupName ?? context.generateName(512));
    if (properties.RetentionInDays !== undefined) checkRetention(properties.RetentionInDays);
    store.createGroup({
      name,
      arn: groupArn(host, name),
      creationTime: host.kernel.clock.now(),
      logGroupClass: properties.LogGroupClass ?? 'STANDARD',
      kmsKeyId: properties.KmsKeyId,
      tags: {},
    });
    return change(name, properties);
  };
  return {
    type: 'AWS::Logs::LogGroup',
    properties: {
      LogGroupName: 'emulated',
      RetentionInDays: 'emulated',
      LogGroupClass: { inert: 'classes differ in price and in queries; all groups are searched alike here' },
      KmsKeyId: { inert: 'encryption at rest' },
      Tags: 'emulated',
    },
    create,
    update: (physicalId, properties, previous, context) =>
      properties.LogGroupName === previous.LogGroupName ? change(physicalId, properties) : create(properties, context),
    delete(physicalId) {
      if (store.hasGroup(physicalId)) store.deleteGroup(physicalId);
    },
  };
}
