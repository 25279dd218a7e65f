import { AwsError } from '../../../wire/aws-error';
import { ANONYMOUS } from '../../../wire/caller';
import type { Action } from '../../../wire/service';
import { invalidArgument, invalidRequest } from '../faults';
import { type ReadInput, readObject } from '../object-reading';
import { streamOf } from '../object-stream';
import type { S3 } from '../s3';

const ARCHIVED = new Set(['GLACIER', 'DEEP_ARCHIVE']);

/** Members of requests that replace a header of the answer. */
const OVERRIDES = {
  ResponseCacheControl: 'CacheControl',
  ResponseContentDisposition: 'ContentDisposition',
  ResponseContentEncoding: 'ContentEncoding',
  ResponseContentLanguage: 'ContentLanguage',
  ResponseContentType: 'ContentType',
  ResponseExpires: 'Expires',
} as const;

interface GetObjectInput extends ReadInput, Partial<Record<keyof typeof OVERRIDES, string>> {}

/**
 * `Body`: a Buffer, which must not be changed, or for objects that lie in files a Readable.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export function getObject(s3: S3): Action<GetObjectInput> {
  return {
    access: s3.onObject('GetObject', 'GetObjectVersion'),
    handle: async (input, call) => {
      const overrides = overridesOf(input);
      if (call.caller === ANONYMOUS && Object.keys(overrides).length > 0) {
        throw invalidRequest('Request specific response headers cannot be used for anonymous GET requests.');
      }
      const { version, range, members } = await readObject(s3, input, call, 'GET');
      if (ARCHIVED.has(version.storageClass)) {
        const message = "The operation is not valid for the object's storage class";
        throw new AwsError('InvalidObjectState', message, 403, { StorageClass: version.storageClass });
      }
      const { blob } = version;
      const Body = blob.atHand(range.start, range.end) ?? streamOf(blob.read(range.start, range.end));
      return { ...members, ...overrides, Body };
    },
  };
}

function overridesOf(input: GetObjectInput): Record<string, string> {
  const given = Object.entries(OVERRIDES).filter(([name]) => input[name as keyof typeof OVERRIDES] !== undefined);
  return Object.fromEntries(
    given.map(([name, member]) => [member, headerText(input[name as keyof typeof OVERRIDES]!)]),
  );
}

/** Throws InvalidArgument for what no header can hold. */
function headerText(value: string): string {
  if (/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) return value;
  throw invalidArgument('Header value cannot be represented using ISO-8859-1.', 'response-header', value);
}
