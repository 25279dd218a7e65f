import type { Action } from '../../../wire/service';
import { constraintBroken, invalidState } from '../faults';
import { keyAccess } from '../key-access';
import { checkNotPending, type Kms } from '../kms';
import type { KeyRecord } from '../model';

const DAY_MS = 24 * 3600 * 1000;
const STANDARD_DAYS = 30;

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html */
export function scheduleKeyDeletion(kms: Kms): Action<{ KeyId?: string; PendingWindowInDays?: number }> {
  return {
    access: ({ KeyId, PendingWindowInDays: days = STANDARD_DAYS }, call) => {
      const keys = { 'kms:ScheduleKeyDeletionPendingWindowInDays': String(days) };
      return [keyAccess(kms, 'ScheduleKeyDeletion', kms.key(KeyId), call, { keys })];
    },
    handle: ({ KeyId, PendingWindowInDays: days = STANDARD_DAYS }) => {
      const key = scheduleDeletion(kms, kms.key(KeyId), days);
      return {
        KeyId: key.arn,
        DeletionDate: key.deletionAtMs! / 1000,
        KeyState: key.state,
        PendingWindowInDays: days,
      };
    },
  };
}

/** Lets a key go after some days, 7 to 30; until then nothing can use it. */
export function scheduleDeletion(kms: Kms, key: KeyRecord, days = STANDARD_DAYS): KeyRecord {
  if (!Number.isInteger(days) || days < 7 || days > 30) {
    throw constraintBroken('pendingWindowInDays', days, 'have value between 7 and 30');
  }
  checkNotPending(key);
  return kms.store.setState(key, 'PendingDeletion', kms.now() + days * DAY_MS);
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CancelKeyDeletion.html; the key is disabled afterwards. */
export function cancelKeyDeletion(kms: Kms): Action<{ KeyId?: string }> {
  return {
    access: ({ KeyId }, call) => [keyAccess(kms, 'CancelKeyDeletion', kms.key(KeyId), call)],
    handle: ({ KeyId }) => {
      const key = kms.key(KeyId);
      if (key.state !== 'PendingDeletion') throw invalidState(`${key.arn} is not pending deletion.`);
      kms.store.setState(key, 'Disabled');
      return { KeyId: key.arn };
    },
  };
}
