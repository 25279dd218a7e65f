import type { Action } from '../../../wire/service';
import type { SecretsManager } from '../secrets-manager';
import { readTags, type TagEntry } from '../tags';

interface TagInput {
  readonly SecretId?: string;
  readonly Tags?: readonly TagEntry[];
  readonly TagKeys?: readonly string[];
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_TagResource.html */
export function tagResource(service: SecretsManager): Action<TagInput> {
  return {
    access: service.accessOn('TagResource'),
    handle: ({ SecretId, Tags }) => {
      const secret = service.secret(SecretId);
      service.store.put({ ...secret, tags: readTags(secret.tags, Tags) });
    },
  };
}

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_UntagResource.html */
export function untagResource(service: SecretsManager): Action<TagInput> {
  return {
    access: service.accessOn('UntagResource'),
    handle: ({ SecretId, TagKeys = [] }) => {
      const secret = service.secret(SecretId);
      const left = Object.entries(secret.tags).filter(([key]) => !TagKeys.includes(key));
      service.store.put({ ...secret, tags: Object.fromEntries(left) });
    },
  };
}
