import type { Action } from '../../../wire/service';
import { required } from '../constraints';
import type { S3Vectors } from '../s3-vectors';
import { addTags } from '../tags';

interface TagRequest {
  readonly resourceArn?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly tagKeys?: readonly string[];
}

const accessTo =
  (action: string) =>
  ({ resourceArn = '' }: TagRequest) => [{ action: `s3vectors:${action}`, resource: resourceArn }];

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_S3VectorBuckets_TagResource.html */
export function tagResource(vectors: S3Vectors): Action<TagRequest> {
  return {
    access: accessTo('TagResource'),
    handle: ({ resourceArn, tags }) => {
      required('/tags', tags);
      const resource = vectors.resourceOf(resourceArn);
      vectors.store.setTags(resource, addTags(resource.tags, tags));
      return {};
    },
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_S3VectorBuckets_UntagResource.html */
export function untagResource(vectors: S3Vectors): Action<TagRequest> {
  return {
    access: accessTo('UntagResource'),
    handle: ({ resourceArn, tagKeys = [] }) => {
      const resource = vectors.resourceOf(resourceArn);
      const kept = Object.entries(resource.tags).filter(([key]) => !tagKeys.includes(key));
      vectors.store.setTags(resource, Object.fromEntries(kept));
      return {};
    },
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_S3VectorBuckets_ListTagsForResource.html */
export function listTagsForResource(vectors: S3Vectors): Action<TagRequest> {
  return {
    access: accessTo('ListTagsForResource'),
    handle: ({ resourceArn }) => ({ tags: vectors.resourceOf(resourceArn).tags }),
  };
}
