import type { Action } from '../../../wire/service';
import { keyAccess } from '../key-access';
import { checkNotPending, type Kms } from '../kms';
import { type PageRequest, pageOf } from '../page';
import { checkTagCount, readTags, type TagEntry } from '../tags';

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_TagResource.html */
export function tagResource(kms: Kms): Action<{ KeyId?: string; Tags?: TagEntry[] }> {
  return {
    access: ({ KeyId }, call) => [keyAccess(kms, 'TagResource', kms.key(KeyId), call)],
    handle: ({ KeyId, Tags }) => {
      const key = kms.key(KeyId);
      checkNotPending(key);
      kms.store.change(key, { tags: checkTagCount({ ...key.tags, ...readTags(Tags) }) });
    },
  };
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_UntagResource.html */
export function untagResource(kms: Kms): Action<{ KeyId?: string; TagKeys?: string[] }> {
  return {
    access: ({ KeyId }, call) => [keyAccess(kms, 'UntagResource', kms.key(KeyId), call)],
    handle: ({ KeyId, TagKeys = [] }) => {
      const key = kms.key(KeyId);
      checkNotPending(key);
      const kept = Object.entries(key.tags).filter(([name]) => !TagKeys.includes(name));
      kms.store.change(key, { tags: Object.fromEntries(kept) });
    },
  };
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ListResourceTags.html */
export function listResourceTags(kms: Kms): Action<PageRequest & { readonly KeyId?: string }> {
  return {
    access: ({ KeyId }, call) => [keyAccess(kms, 'ListResourceTags', kms.key(KeyId), call)],
    handle: (input) => {
      const { items, rest } = pageOf(Object.entries(kms.key(input.KeyId).tags), input, 50, 50);
      return { Tags: items.map(([TagKey, TagValue]) => ({ TagKey, TagValue })), ...rest };
    },
  };
}
