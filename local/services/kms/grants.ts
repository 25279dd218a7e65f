/** Which requests a grant of a key permits. https://docs.aws.amazon.com/kms/latest/developerguide/grants.html */
import type { Caller } from '../../wire/caller';
import type { EncryptionContext } from './encryption-context';
import type { Grant, KeyRecord } from './model';

/** Operations whose encryption context the constraints of a grant speak of. */
const WITH_CONTEXT = new Set([
  ...['Encrypt', 'Decrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptFrom', 'ReEncryptTo'],
]);

/** Whether a grant of the key permits `caller` the operation. */
export function isGranted(key: KeyRecord, caller: Caller, operation: string, context: EncryptionContext): boolean {
  return key.grants.some(
    (grant) =>
      isPrincipal(caller, grant.granteePrincipal) &&
      grant.operations.includes(operation) &&
      (!WITH_CONTEXT.has(operation) || admits(grant, context)),
  );
}

/** Whether an ARN, or a service principal, names the caller. */
export function isPrincipal(caller: Caller, principal: string | undefined): boolean {
  if (principal === undefined) return false;
  if (caller.kind === 'service') return caller.principal === principal;
  return caller.arn === principal || (caller.kind === 'role' && caller.roleArn === principal);
}

function admits({ constraints }: Grant, context: EncryptionContext): boolean {
  const { EncryptionContextEquals: equals, EncryptionContextSubset: subset } = constraints ?? {};
  const includes = (part: EncryptionContext) => Object.entries(part).every(([name, value]) => context[name] === value);
  if (equals && Object.keys(equals).length !== Object.keys(context).length) return false;
  return includes(equals ?? {}) && includes(subset ?? {});
}
