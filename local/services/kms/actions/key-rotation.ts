import type { Action } from '../../../wire/service';
import { constraintBroken, limitExceeded, unsupported } from '../faults';
import { keyAccess } from '../key-access';
import { checkEnabled, checkNotPending, type Kms } from '../kms';
import type { KeyRecord } from '../model';

const DAY_MS = 24 * 3600 * 1000;
const STANDARD_DAYS = 365;
const LIMIT_ON_DEMAND = 25;

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_EnableKeyRotation.html */
export function enableKeyRotation(kms: Kms): Action<{ KeyId?: string; RotationPeriodInDays?: number }> {
  return {
    access: ({ KeyId, RotationPeriodInDays: days = STANDARD_DAYS }, call) => {
      const keys = { 'kms:RotationPeriodInDays': String(days) };
      return [keyAccess(kms, 'EnableKeyRotation', kms.key(KeyId), call, { keys })];
    },
    handle: ({ KeyId, RotationPeriodInDays }) => startRotation(kms, kms.key(KeyId), RotationPeriodInDays),
  };
}

/** Rotates a key every so many days from now on, 90 to 2560. */
export function startRotation(kms: Kms, key: KeyRecord, days = STANDARD_DAYS): KeyRecord {
  if (!Number.isInteger(days) || days < 90 || days > 2560) {
    throw constraintBroken('rotationPeriodInDays', days, 'have value between 90 and 2560');
  }
  checkSymmetric(key);
  checkEnabled(key);
  if (key.rotationPlan?.periodDays === days) return key;
  return kms.store.change(key, { rotationPlan: { periodDays: days, nextAtMs: kms.now() + days * DAY_MS } });
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DisableKeyRotation.html */
export function disableKeyRotation(kms: Kms): Action<{ KeyId?: string }> {
  return {
    access: ({ KeyId }, call) => [keyAccess(kms, 'DisableKeyRotation', kms.key(KeyId), call)],
    handle: ({ KeyId }) => {
      const key = kms.key(KeyId);
      checkSymmetric(key);
      checkEnabled(key);
      kms.store.change(key, { rotationPlan: undefined });
    },
  };
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_GetKeyRotationStatus.html */
export function getKeyRotationStatus(kms: Kms): Action<{ KeyId?: string }> {
  return {
    access: ({ KeyId }, call) => [keyAccess(kms, 'GetKeyRotationStatus', kms.key(KeyId), call)],
    handle: ({ KeyId }) => {
      const key = kms.key(KeyId);
      checkSymmetric(key);
      checkNotPending(key);
      const { rotationPlan: plan } = key;
      return {
        KeyId: key.arn,
        KeyRotationEnabled: plan !== undefined,
        ...(plan && { RotationPeriodInDays: plan.periodDays, NextRotationDate: plan.nextAtMs / 1000 }),
      };
    },
  };
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_RotateKeyOnDemand.html; done before the answer. */
export function rotateKeyOnDemand(kms: Kms): Action<{ KeyId?: string }> {
  return {
    access: ({ KeyId }, call) => [keyAccess(kms, 'RotateKeyOnDemand', kms.key(KeyId), call)],
    handle: ({ KeyId }) => {
      const key = kms.key(KeyId);
      checkSymmetric(key);
      checkEnabled(key);
      const done = key.rotations.filter(({ type }) => type === 'ON_DEMAND').length;
      if (done >= LIMIT_ON_DEMAND) {
        throw limitExceeded(
          `The key ${key.arn} has been rotated on demand ${LIMIT_ON_DEMAND} times, which is the limit.`,
        );
      }
      kms.store.rotateNow(key);
      return { KeyId: key.arn };
    },
  };
}

/** Throws UnsupportedOperationException: HMAC keys are not rotated. */
export function checkSymmetric(key: KeyRecord): void {
  if (key.spec !== 'SYMMETRIC_DEFAULT') throw unsupported(`${key.arn} key spec is ${key.spec}, which is not rotated.`);
}
