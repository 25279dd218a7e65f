import * as z from 'zod/mini';
import { LOAD_ID_PATTERN, LONGEST_PATH_BYTES, TENANT_PATTERN } from './names';

/** A tenant's name. */
export const tenantField = z
  .string('tenant must be text')
  .check(z.regex(TENANT_PATTERN, 'tenant must be 1 to 63 lower-case letters, digits or -, beginning with no -'));

/** A document's path within its tenant: any text that can be part of an S3 key. */
export const pathField = z.string('path must be text').check(
  z.minLength(1, 'path must not be empty'),
  z.refine(
    (path) => Buffer.byteLength(path) <= LONGEST_PATH_BYTES,
    `path must have at most ${LONGEST_PATH_BYTES} bytes`,
  ),
);

/** A bulk load's id. */
export const loadIdField = z
  .string('loadId must be text')
  .check(z.regex(LOAD_ID_PATTERN, 'loadId must be 1 to 64 letters, digits or -'));

/** A version of an object. */
export const sourceField = z.object(
  {
    bucket: z.string('bucket must be text').check(z.minLength(3, 'bucket must be a name')),
    key: z.string('key must be text').check(z.minLength(1, 'key must not be empty')),
    versionId: z.string('versionId must be text').check(z.minLength(1, 'versionId must not be empty')),
  },
  'source must be {bucket, key, versionId}',
);

/** The place of a version among those of its document. */
export const sequenceField = z
  .string('sequence must be text')
  .check(z.regex(/^\d{13}-([0-9a-f]{40})?$/, 'sequence must be 13 digits, -, and 40 hexadecimal digits or nothing'));

/** SHA-256 in base64url of an object's bytes; empty for one that is too large to be read. */
export const contentHashField = z
  .string('contentHash must be text')
  .check(z.regex(/^([A-Za-z0-9_-]{43})?$/, 'contentHash must be 43 characters of base64url'));

/** A number of bytes. */
export const sizeField = z.number('sizeBytes must be a number').check(z.gte(0, 'sizeBytes must not be negative'));
