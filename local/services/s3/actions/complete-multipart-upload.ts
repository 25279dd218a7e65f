import { createHash } from 'node:crypto';
import type { Action } from '../../../wire/service';
import type { WriteConditions } from '../conditions';
import { JoinedBlob } from '../content/blob';
import {
  ALGORITHM_NAMES,
  type Algorithm,
  type Checksum,
  type ChecksumType,
  DEFAULT_ALGORITHM,
  memberOf,
  newDigest,
} from '../content/checksum';
import { badDigest, entityTooSmall, invalidPart, invalidPartOrder, invalidRequest, malformedXml } from '../faults';
import type { Part, Upload } from '../model';
import { putVersion, writtenMembers } from '../object-writing';
import type { S3 } from '../s3';
import { type UploadTarget, uploadOf } from '../upload-lookup';

/** Of every part but the last. https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html */
const SMALLEST_PART_BYTES = 5 * 1024 * 1024;

type Sums = { readonly [checksum in `Checksum${Algorithm}`]?: string };

interface CompletedPart extends Sums {
  readonly PartNumber: number;
  readonly ETag: string;
}

interface CompleteMultipartUploadInput extends UploadTarget, WriteConditions, Sums {
  readonly MultipartUpload?: { readonly Parts?: readonly CompletedPart[] };
  readonly ChecksumType?: ChecksumType;
  readonly MpuObjectSize?: number;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html */
export function completeMultipartUpload(s3: S3): Action<CompleteMultipartUploadInput> {
  return {
    access: (input, { caller }) => [s3.objectAccess('PutObject', 'PutObject', input, caller)],
    handle: async (input, call) => {
      const bucket = s3.bucket(input);
      const upload = uploadOf(bucket, input);
      const parts = chosenParts(upload, input.MultipartUpload?.Parts);
      await s3.encryption.open(upload.encryption, call.caller);
      const blob = new JoinedBlob(parts.map((part) => part.blob));
      if (input.MpuObjectSize !== undefined && input.MpuObjectSize !== blob.sizeBytes) {
        throw invalidRequest(
          `The provided 'x-amz-mp-object-size' header value ${input.MpuObjectSize} does not match what was computed: ${blob.sizeBytes}`,
        );
      }
      const checksum = await checksumOf(upload, parts, blob, input);
      uploadOf(bucket, input);
      const md5s = Buffer.concat(parts.map(({ etag }) => Buffer.from(etag, 'hex')));
      const etag = `${createHash('md5').update(md5s).digest('hex')}-${parts.length}`;
      const object = {
        ...{ key: upload.key, blob, etag, checksum, headers: upload.headers, metadata: upload.metadata },
        ...{ storageClass: upload.storageClass, encryption: upload.encryption, tags: upload.tags },
        parts: parts.map(({ partNumber, blob: { sizeBytes }, checksum: sum }) => ({
          partNumber,
          sizeBytes,
          checksum: sum,
        })),
      };
      const origin = { event: 'CompleteMultipartUpload', reason: 'CompleteMultipartUpload' } as const;
      const version = putVersion(s3, bucket, object, input, origin, call);
      s3.store.removeUpload(bucket, upload);
      return {
        ...writtenMembers(bucket, version),
        Location: `${s3.host.endpoint()}/${bucket.name}/${encodeURIComponent(upload.key)}`,
        Bucket: bucket.name,
        Key: upload.key,
      };
    },
  };
}

function chosenParts(upload: Upload, named: readonly CompletedPart[] | undefined): Part[] {
  if (!named || named.length === 0) throw malformedXml();
  const parts = named.map((wanted, index) => {
    const { PartNumber, ETag } = wanted;
    if (index > 0 && PartNumber <= named[index - 1]!.PartNumber) throw invalidPartOrder(upload.id);
    const part = upload.parts.get(PartNumber);
    const etag = String(ETag).replace(/^"|"$/g, '');
    if (!part || part.etag !== etag) throw invalidPart(upload.id, PartNumber, etag);
    const sum = wanted[memberOf(part.checksum.algorithm)];
    if (sum !== undefined && sum !== part.checksum.value) throw invalidPart(upload.id, PartNumber, etag);
    if (sum === undefined && upload.algorithm && upload.checksumType === 'COMPOSITE') {
      throw invalidRequest(
        `The upload was created using a ${upload.algorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${PartNumber} in the request.`,
      );
    }
    return part;
  });
  const small = parts.slice(0, -1).find(({ blob }) => blob.sizeBytes < SMALLEST_PART_BYTES);
  if (small) throw entityTooSmall(small.partNumber, small.etag, small.blob.sizeBytes);
  return parts;
}

/** Of the checksums of the parts, or of the whole object. */
async function checksumOf(
  upload: Upload,
  parts: readonly Part[],
  blob: JoinedBlob,
  input: CompleteMultipartUploadInput,
): Promise<Checksum> {
  const { algorithm = DEFAULT_ALGORITHM, checksumType: type = 'FULL_OBJECT' } = upload;
  if (input.ChecksumType !== undefined && input.ChecksumType !== type) {
    throw invalidRequest(
      `The upload was created using the ${type} checksum mode. The complete request must use the same checksum mode.`,
    );
  }
  const digest = newDigest(algorithm);
  if (type === 'COMPOSITE') {
    for (const { checksum } of parts) digest.update(Buffer.from(checksum.value, 'base64'));
  } else {
    for await (const chunk of blob.read(0, blob.sizeBytes)) digest.update(chunk);
  }
  const value = digest.digest().toString('base64') + (type === 'COMPOSITE' ? `-${parts.length}` : '');
  for (const named of ALGORITHM_NAMES) {
    const wanted = input[memberOf(named)];
    if (wanted !== undefined && (named !== algorithm || !isSame(wanted, value))) {
      throw badDigest(named, 'the calculated checksum');
    }
  }
  return { algorithm, value, type };
}

/** A composite checksum may be named without the number of its parts. */
function isSame(wanted: string, value: string): boolean {
  return wanted === value || wanted === value.replace(/-\d+$/, '');
}
