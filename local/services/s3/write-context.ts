import type { WriteConditions } from './conditions';
import type { AttributesInput } from './object-writing';
import { readTaggingHeader } from './tags';

/**
 * Condition keys of a request that makes an object.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html#amazons3-policy-keys
 */
export function writeContext(
  input: AttributesInput & WriteConditions & { CopySource?: string; MetadataDirective?: string },
): Record<string, string | string[]> {
  const tags = readTaggingHeader(input.Tagging);
  const given: Record<string, string | undefined> = {
    's3:x-amz-acl': input.ACL,
    's3:x-amz-copy-source': input.CopySource?.replace(/^\//, ''),
    's3:x-amz-metadata-directive': input.MetadataDirective,
    's3:x-amz-server-side-encryption': input.ServerSideEncryption,
    's3:x-amz-server-side-encryption-aws-kms-key-id': input.SSEKMSKeyId,
    's3:x-amz-storage-class': input.StorageClass,
    's3:x-amz-website-redirect-location': input.WebsiteRedirectLocation,
    's3:if-match': input.IfMatch,
    's3:if-none-match': input.IfNoneMatch,
    ...Object.fromEntries(tags.map(({ Key, Value }) => [`s3:RequestObjectTag/${Key}`, Value])),
  };
  const present = Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return {
    ...Object.fromEntries(present),
    ...(tags.length > 0 && { 's3:RequestObjectTagKeys': tags.map(({ Key }) => Key) }),
  };
}
