import type { CallContext } from '../../wire/caller';
import type { Access } from '../../wire/service';
import { contextConditionKeys, type EncryptionContext } from './encryption-context';
import { isGranted } from './grants';
import { aliasNameOf, type Kms } from './kms';
import type { KeyRecord } from './model';

/** What a request says of itself beyond its action. */
export interface RequestFacts {
  /** The key as the request names it; an alias becomes `kms:RequestAlias`. */
  readonly identifier?: unknown;
  readonly encryptionContext?: EncryptionContext;
  /** The operation as grants name it, when a grant may permit it. */
  readonly grantOperation?: string;
  /** Condition keys of this operation alone. */
  readonly keys?: Record<string, string | string[]>;
}

/**
 * The access of an action on a key, with the condition keys of KMS.
 * https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html
 */
export function keyAccess(
  kms: Kms,
  action: string,
  key: KeyRecord,
  call: CallContext,
  facts: RequestFacts = {},
): Access {
  const { identifier, encryptionContext = {}, grantOperation, keys } = facts;
  const alias = aliasNameOf(identifier);
  const tags = Object.entries(key.tags).map(([name, value]) => [`aws:ResourceTag/${name}`, value]);
  const aliases = kms.store.aliasesOf(key.id).map(({ name }) => name);
  return {
    action: `kms:${action}`,
    resource: key.arn,
    context: {
      ...callerKeys(call),
      'kms:KeySpec': key.spec,
      'kms:KeyUsage': key.usage,
      'kms:KeyOrigin': 'AWS_KMS',
      ...(aliases.length > 0 && { 'kms:ResourceAliases': aliases }),
      ...(alias !== undefined && { 'kms:RequestAlias': alias }),
      ...contextConditionKeys(encryptionContext),
      ...Object.fromEntries(tags),
      ...keys,
    },
    isGranted: grantOperation !== undefined && isGranted(key, call.caller, grantOperation, encryptionContext),
  };
}

/** The access of an action that acts on no key (`ListKeys`). */
export function accountAccess(action: string, call: CallContext): Access {
  return { action: `kms:${action}`, resource: '*', context: callerKeys(call) };
}

/** Whose request it is, and through which service; a service that acts for itself has no account of its own. */
function callerKeys({ caller }: CallContext): Record<string, string> {
  return {
    ...(caller.kind !== 'service' && { 'kms:CallerAccount': caller.accountId }),
    ...(caller.via !== undefined && { 'kms:ViaService': caller.via }),
  };
}
