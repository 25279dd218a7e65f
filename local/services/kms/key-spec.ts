/** What each kind of key is made of and may be used for. */
import { constraintBroken, unsupported, validation } from './faults';
import type { KeySpec, KeyUsage } from './model';

interface SpecFacts {
  readonly usage: KeyUsage;
  readonly materialBytes: number;
  /** Of HMAC keys: the algorithm as the API and as Node.js name it. */
  readonly mac?: { readonly algorithm: string; readonly hash: string };
}

/** https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html */
export const KEY_SPECS: Readonly<Record<KeySpec, SpecFacts>> = {
  SYMMETRIC_DEFAULT: { usage: 'ENCRYPT_DECRYPT', materialBytes: 32 },
  HMAC_224: {
    usage: 'GENERATE_VERIFY_MAC',
    materialBytes: 28,
    mac: { algorithm: 'HMAC_SHA_224', hash: 'sha224' },
  },
  HMAC_256: {
    usage: 'GENERATE_VERIFY_MAC',
    materialBytes: 32,
    mac: { algorithm: 'HMAC_SHA_256', hash: 'sha256' },
  },
  HMAC_384: {
    usage: 'GENERATE_VERIFY_MAC',
    materialBytes: 48,
    mac: { algorithm: 'HMAC_SHA_384', hash: 'sha384' },
  },
  HMAC_512: {
    usage: 'GENERATE_VERIFY_MAC',
    materialBytes: 64,
    mac: { algorithm: 'HMAC_SHA_512', hash: 'sha512' },
  },
};

const ASYMMETRIC = /^(RSA_|ECC_|ML_DSA_|ML_KEM_|SM2$)/;
const USAGES = ['SIGN_VERIFY', 'ENCRYPT_DECRYPT', 'GENERATE_VERIFY_MAC', 'KEY_AGREEMENT'];

/**
 * The spec and usage of a new key. Throws UnsupportedOperationException for asymmetric keys, ValidationException for what
 * does not go together.
 */
export function readSpec(spec = 'SYMMETRIC_DEFAULT', usage = 'ENCRYPT_DECRYPT'): { spec: KeySpec; usage: KeyUsage } {
  if (ASYMMETRIC.test(spec)) {
    throw unsupported(`KeySpec ${spec} is not emulated: use SYMMETRIC_DEFAULT or an HMAC spec.`);
  }
  if (!Object.hasOwn(KEY_SPECS, spec)) {
    throw constraintBroken('keySpec', spec, `satisfy enum value set: [${Object.keys(KEY_SPECS).join(', ')}]`);
  }
  if (!USAGES.includes(usage)) {
    throw constraintBroken('keyUsage', usage, `satisfy enum value set: [${USAGES.join(', ')}]`);
  }
  if (KEY_SPECS[spec as KeySpec].usage !== usage) {
    throw validation(`KeyUsage ${usage} is not compatible with KeySpec ${spec}`);
  }
  return { spec: spec as KeySpec, usage: usage as KeyUsage };
}
