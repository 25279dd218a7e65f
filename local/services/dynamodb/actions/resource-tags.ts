import type { Access, Action } from '../../../wire/service';
import { validationError } from '../faults';
import { describedTable, requireMember, tableNameOf } from '../request';
import type { ServiceContext } from '../service-context';
import type { Table } from '../table';

interface ResourceInput {
  ResourceArn?: string;
}

interface TagResourceInput extends ResourceInput {
  Tags?: { Key: string; Value: string }[];
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_TagResource.html */
export function tagResource(context: ServiceContext): Action<TagResourceInput> {
  return {
    access: access('TagResource'),
    handle(input) {
      const table = taggedTable(context, input);
      const added = Object.fromEntries((input.Tags ?? []).map(({ Key, Value }) => [Key, Value]));
      table.redefine({ tags: { ...table.definition.tags, ...added } });
      return {};
    },
  };
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_UntagResource.html */
export function untagResource(context: ServiceContext): Action<ResourceInput & { TagKeys?: string[] }> {
  return {
    access: access('UntagResource'),
    handle(input) {
      const table = taggedTable(context, input);
      const left = Object.entries(table.definition.tags).filter(([key]) => !input.TagKeys?.includes(key));
      table.redefine({ tags: Object.fromEntries(left) });
      return {};
    },
  };
}

/** https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTagsOfResource.html */
export function listTagsOfResource(context: ServiceContext): Action<ResourceInput> {
  return {
    access: access('ListTagsOfResource'),
    handle(input) {
      const { tags } = taggedTable(context, input).definition;
      return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) };
    },
  };
}

function access(operation: string): (input: ResourceInput) => Access[] {
  return (input) => [{ action: `dynamodb:${operation}`, resource: input.ResourceArn ?? '*' }];
}

function taggedTable({ store }: ServiceContext, input: ResourceInput): Table {
  requireMember(input, 'ResourceArn');
  if (!input.ResourceArn!.startsWith('arn:')) {
    throw validationError(`Invalid TableArn: Invalid ResourceArn provided as input ${input.ResourceArn}`);
  }
  return describedTable(store, tableNameOf({ TableName: input.ResourceArn }, 'resourceArn'));
}
