import { createHmac, timingSafeEqual } from 'node:crypto';
import type { CallContext } from '../../../wire/caller';
import type { Action } from '../../../wire/service';
import { readBinary } from '../binary';
import { dryRun, invalidKeyUsage, invalidMac } from '../faults';
import { keyAccess } from '../key-access';
import { KEY_SPECS } from '../key-spec';
import { checkUsable, type Kms, required } from '../kms';
import type { KeyRecord } from '../model';

const LIMIT_BYTES = 4096;

interface MacInput {
  readonly KeyId?: string;
  readonly Message?: string;
  readonly MacAlgorithm?: string;
  readonly DryRun?: boolean;
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GenerateMac.html */
export function generateMac(kms: Kms): Action<MacInput> {
  return {
    access: (input, call) => [accessOf(kms, 'GenerateMac', input, call)],
    handle: (input) => {
      const key = kms.keyOrAlias(input.KeyId);
      const mac = compute(key, input, 'GenerateMac');
      if (input.DryRun) throw dryRun();
      return { Mac: mac.toString('base64'), MacAlgorithm: input.MacAlgorithm, KeyId: key.arn };
    },
  };
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_VerifyMac.html */
export function verifyMac(kms: Kms): Action<MacInput & { Mac?: string }> {
  return {
    access: (input, call) => [accessOf(kms, 'VerifyMac', input, call)],
    handle: (input) => {
      const key = kms.keyOrAlias(input.KeyId);
      const given = readBinary('mac', input.Mac, 6144);
      const mac = compute(key, input, 'VerifyMac');
      if (given.length !== mac.length || !timingSafeEqual(given, mac)) throw invalidMac();
      if (input.DryRun) throw dryRun();
      return { KeyId: key.arn, MacValid: true, MacAlgorithm: input.MacAlgorithm };
    },
  };
}

function accessOf(kms: Kms, action: string, { KeyId, MacAlgorithm }: MacInput, call: CallContext) {
  return keyAccess(kms, action, kms.keyOrAlias(KeyId), call, {
    identifier: KeyId,
    grantOperation: action,
    keys: MacAlgorithm ? { 'kms:MacAlgorithm': MacAlgorithm } : {},
  });
}

function compute(key: KeyRecord, input: MacInput, operation: string): Buffer {
  const message = readBinary('message', input.Message, LIMIT_BYTES);
  const algorithm = required('macAlgorithm', input.MacAlgorithm);
  checkUsable(key, 'GENERATE_VERIFY_MAC', operation);
  const { mac } = KEY_SPECS[key.spec];
  if (mac?.algorithm !== algorithm) {
    throw invalidKeyUsage(`Algorithm ${algorithm} is incompatible with key spec ${key.spec}.`);
  }
  return createHmac(mac.hash, key.material[0]!).update(message).digest();
}
