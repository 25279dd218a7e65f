import type { Host } from '../../../wire/host';
import type { Access, Action } from '../../../wire/service';
import { invalidResourceId, invalidResourceType } from '../faults';
import type { Parameter } from '../model';
import { referencedArn } from '../parameter-arn';
import type { ParameterStore } from '../store';
import { readTags, type TagEntry, tagList } from '../tags';

interface TagInput {
  readonly ResourceType?: string;
  readonly ResourceId?: string;
  readonly Tags?: readonly TagEntry[];
  readonly TagKeys?: readonly string[];
}

function accessOn(host: Host, action: string): (input: TagInput) => Access[] {
  return ({ ResourceId }) => [{ action: `ssm:${action}`, resource: referencedArn(host, String(ResourceId)) }];
}

/** Of all that Systems Manager can tag, there are parameters alone. */
function tagged(store: ParameterStore, { ResourceType, ResourceId }: TagInput): Parameter {
  if (ResourceType !== 'Parameter') throw invalidResourceType(String(ResourceType));
  const parameter = store.find(ResourceId ?? '');
  if (!parameter) throw invalidResourceId();
  return parameter;
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_AddTagsToResource.html */
export function addTagsToResource(host: Host, store: ParameterStore): Action<TagInput> {
  return {
    access: accessOn(host, 'AddTagsToResource'),
    handle: (input) => {
      const parameter = tagged(store, input);
      store.put({ ...parameter, tags: readTags(parameter.tags, input.Tags) });
      return {};
    },
  };
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_RemoveTagsFromResource.html */
export function removeTagsFromResource(host: Host, store: ParameterStore): Action<TagInput> {
  return {
    access: accessOn(host, 'RemoveTagsFromResource'),
    handle: (input) => {
      const parameter = tagged(store, input);
      const left = Object.entries(parameter.tags).filter(([key]) => !input.TagKeys?.includes(key));
      store.put({ ...parameter, tags: Object.fromEntries(left) });
      return {};
    },
  };
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ListTagsForResource.html */
export function listTagsForResource(host: Host, store: ParameterStore): Action<TagInput> {
  return {
    access: accessOn(host, 'ListTagsForResource'),
    handle: (input) => ({ TagList: tagList(tagged(store, input).tags) }),
  };
}
