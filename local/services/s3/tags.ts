import { invalidArgument, invalidTag } from './faults';
import type { Tag } from './model';

const LIMIT_OBJECT_TAGS = 10;
const LIMIT_BUCKET_TAGS = 50;

/** Tags as a header writes them: `key=value&other=value`. */
export function readTaggingHeader(text: string | undefined): Tag[] {
  if (!text) return [];
  const tags = [...new URLSearchParams(text)].map(([Key, Value]) => ({ Key, Value }));
  if (tags.some(({ Key }) => Key === '')) {
    throw invalidArgument(
      "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without tag name duplicates.",
      'x-amz-tagging',
      text,
    );
  }
  return checkTags(tags, LIMIT_OBJECT_TAGS, 'Object');
}

export function checkObjectTags(tags: readonly Tag[] = []): Tag[] {
  return checkTags(tags, LIMIT_OBJECT_TAGS, 'Object');
}

export function checkBucketTags(tags: readonly Tag[] = []): Tag[] {
  return checkTags(tags, LIMIT_BUCKET_TAGS, 'Bucket');
}

/** Throws BadRequest or InvalidTag. https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-tagging.html */
function checkTags(tags: readonly Tag[], limit: number, what: string): Tag[] {
  if (tags.length > limit) throw invalidTag(`${what} tags cannot be greater than ${limit}`);
  const keys = new Set<string>();
  for (const { Key, Value } of tags) {
    if (typeof Key !== 'string' || Key === '' || Key.length > 128)
      throw invalidTag('The TagKey you have provided is invalid');
    if (typeof Value !== 'string' || Value.length > 256) throw invalidTag('The TagValue you have provided is invalid');
    if (/^aws:/i.test(Key)) throw invalidTag('System tags cannot be added/updated by requester');
    if (keys.has(Key)) throw invalidTag('Cannot provide multiple Tags with the same key');
    keys.add(Key);
  }
  return tags.map(({ Key, Value }) => ({ Key, Value }));
}
