/** The checksums of S3. https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html */
import { createHash } from 'node:crypto';
import { invalidArgument } from '../faults';
import { Crc32 } from './crc32';
import { Crc64 } from './crc64';
import type { Digest } from './digest';

interface AlgorithmFacts {
  readonly create: () => Digest;
  readonly bytes: number;
  /** Whether a multipart upload may have the checksum of the whole object. */
  readonly isFullObjectPossible: boolean;
}

const ALGORITHMS = {
  CRC32: { create: () => new Crc32('CRC32'), bytes: 4, isFullObjectPossible: true },
  CRC32C: { create: () => new Crc32('CRC32C'), bytes: 4, isFullObjectPossible: true },
  CRC64NVME: { create: () => new Crc64(), bytes: 8, isFullObjectPossible: true },
  SHA1: { create: () => createHash('sha1'), bytes: 20, isFullObjectPossible: false },
  SHA256: { create: () => createHash('sha256'), bytes: 32, isFullObjectPossible: false },
} as const satisfies Record<string, AlgorithmFacts>;

export type Algorithm = keyof typeof ALGORITHMS;
export type ChecksumType = 'FULL_OBJECT' | 'COMPOSITE';

/** A checksum in base64; that of parts together ends in their number. */
export interface Checksum {
  readonly algorithm: Algorithm;
  readonly value: string;
  readonly type: ChecksumType;
}

export const ALGORITHM_NAMES = Object.keys(ALGORITHMS) as Algorithm[];

/** What S3 computes when a request names none. */
export const DEFAULT_ALGORITHM: Algorithm = 'CRC64NVME';

export function newDigest(algorithm: Algorithm): Digest {
  return ALGORITHMS[algorithm].create();
}

/** Throws InvalidRequest for an algorithm that is not emulated. */
export function readAlgorithm(name: string | undefined): Algorithm | undefined {
  if (name === undefined) return undefined;
  const algorithm = name.toUpperCase();
  if (!Object.hasOwn(ALGORITHMS, algorithm)) {
    throw invalidArgument(
      'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
      'x-amz-checksum-algorithm',
      name,
    );
  }
  return algorithm as Algorithm;
}

/** Whether a text is a checksum of that algorithm in base64. */
export function isChecksum(algorithm: Algorithm, value: string): boolean {
  const bytes = Buffer.from(value, 'base64');
  return bytes.length === ALGORITHMS[algorithm].bytes && bytes.toString('base64') === value;
}

/** What a multipart upload's checksum is of when the request does not say. */
export function defaultType(algorithm: Algorithm): ChecksumType {
  return algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE';
}

export function isTypePossible(algorithm: Algorithm, type: ChecksumType): boolean {
  return type === 'FULL_OBJECT' ? ALGORITHMS[algorithm].isFullObjectPossible : algorithm !== 'CRC64NVME';
}

/** The member of requests and answers: `ChecksumCRC32`. */
export function memberOf(algorithm: Algorithm): `Checksum${Algorithm}` {
  return `Checksum${algorithm}`;
}

/** A checksum as answers have it. */
export function checksumMembers(checksum: Checksum | undefined): Record<string, string> {
  if (!checksum) return {};
  return { [memberOf(checksum.algorithm)]: checksum.value, ChecksumType: checksum.type };
}
