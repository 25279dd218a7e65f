import type { CallContext } from '../../../wire/caller';
import type { Access, Action } from '../../../wire/service';
import { aliasExists, aliasNotFound, constraintBroken, reservedAlias, validation } from '../faults';
import { keyAccess } from '../key-access';
import { checkNotPending, type Kms, required } from '../kms';
import type { AliasRecord, KeyRecord } from '../model';

interface AliasInput {
  readonly AliasName?: string;
  readonly TargetKeyId?: string;
}

const NAME = /^alias\/[a-zA-Z0-9/_-]+$/;
const LIMIT_CHARACTERS = 256;

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html */
export function createAlias(kms: Kms): Action<AliasInput> {
  return {
    access: (input, call) => {
      const name = checkAliasName(input.AliasName);
      return accessOn(kms, 'CreateAlias', name, [kms.key(input.TargetKeyId)], call);
    },
    handle: (input) => addAlias(kms, checkAliasName(input.AliasName), kms.key(input.TargetKeyId)),
  };
}

/** Gives a key a name. Throws AlreadyExistsException, KMSInvalidStateException. */
export function addAlias(kms: Kms, name: string, key: KeyRecord): void {
  checkNotPending(key);
  const arn = kms.aliasArn(name);
  if (kms.store.alias(name)) throw aliasExists(arn);
  const atMs = kms.now();
  kms.store.putAlias({ name, arn, keyId: key.id, createdAtMs: atMs, updatedAtMs: atMs });
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_UpdateAlias.html */
export function updateAlias(kms: Kms): Action<AliasInput> {
  return {
    access: (input, call) => {
      const alias = existing(kms, checkAliasName(input.AliasName));
      const keys = [kms.store.key(alias.keyId)!, kms.key(input.TargetKeyId)];
      return accessOn(kms, 'UpdateAlias', alias.name, keys, call);
    },
    handle: (input) => retarget(kms, checkAliasName(input.AliasName), kms.key(input.TargetKeyId)),
  };
}

/** Lets an alias name another key, of the same usage and kind. */
export function retarget(kms: Kms, name: string, key: KeyRecord): void {
  const alias = existing(kms, name);
  const before = kms.store.key(alias.keyId)!;
  if (before.usage !== key.usage) {
    throw validation(`Alias ${alias.arn} cannot be changed from a key of ${before.usage} to one of ${key.usage}`);
  }
  kms.store.putAlias({ ...alias, keyId: key.id, updatedAtMs: kms.now() });
}

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_DeleteAlias.html */
export function deleteAlias(kms: Kms): Action<AliasInput> {
  return {
    access: (input, call) => {
      const alias = existing(kms, checkAliasName(input.AliasName));
      return accessOn(kms, 'DeleteAlias', alias.name, [kms.store.key(alias.keyId)!], call);
    },
    handle: (input) => kms.store.removeAlias(checkAliasName(input.AliasName)),
  };
}

/** Throws ValidationException for no alias name, NotAuthorizedException for one of AWS's. */
export function checkAliasName(value: unknown): string {
  const name = required('aliasName', value);
  if (!name.startsWith('alias/')) {
    throw validation(
      'Alias must start with the prefix "alias/". Please see https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html',
    );
  }
  if (name.startsWith('alias/aws/')) throw reservedAlias();
  if (!NAME.test(name)) {
    throw constraintBroken('aliasName', name, 'satisfy regular expression pattern: ^alias/[a-zA-Z0-9/_-]+$');
  }
  if (name.length > LIMIT_CHARACTERS) {
    throw constraintBroken('aliasName', name, `have length less than or equal to ${LIMIT_CHARACTERS}`);
  }
  return name;
}

function existing(kms: Kms, name: string): AliasRecord {
  const alias = kms.store.alias(name);
  if (!alias) throw aliasNotFound(kms.aliasArn(name));
  return alias;
}

/** Alias operations must be allowed on the alias, by identity policies, and on each key. */
function accessOn(kms: Kms, action: string, name: string, keys: KeyRecord[], call: CallContext): Access[] {
  const onKeys = keys.map((key) => keyAccess(kms, action, key, call));
  const { context } = onKeys[0]!;
  return [{ action: `kms:${action}`, resource: kms.aliasArn(name), context }, ...onKeys];
}
