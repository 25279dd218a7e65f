import type { Action } from '../../../wire/service';
import { constraintBroken, unsupported, validation } from '../faults';
import { keyAccess } from '../key-access';
import { checkEnabled, type Kms, required } from '../kms';
import type { Grant, GrantConstraints, KeyRecord } from '../model';

interface CreateGrantInput {
  readonly KeyId?: string;
  readonly GranteePrincipal?: string;
  readonly RetiringPrincipal?: string;
  readonly Operations?: readonly string[];
  readonly Constraints?: GrantConstraints & Record<string, unknown>;
  readonly Name?: string;
}

const OF_ALL_KEYS = ['CreateGrant', 'DescribeKey', 'RetireGrant'];
const OPERATIONS = {
  ENCRYPT_DECRYPT: [
    ...OF_ALL_KEYS,
    ...['Decrypt', 'Encrypt', 'GenerateDataKey', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptFrom', 'ReEncryptTo'],
  ],
  GENERATE_VERIFY_MAC: [...OF_ALL_KEYS, 'GenerateMac', 'VerifyMac'],
};
const TOKEN_BYTES = 32;

/** https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateGrant.html; a grant counts at once. */
export function createGrant(kms: Kms): Action<CreateGrantInput> {
  return {
    access: ({ KeyId, GranteePrincipal, RetiringPrincipal, Operations = [], Constraints = {} }, call) => {
      const keys = {
        'kms:GrantOperations': [...Operations],
        // True when an AWS service creates the grant for a user of its own: `aws:PrincipalArn` alone does not tell.
        'kms:GrantIsForAWSResource': String(call.caller.via !== undefined),
        'kms:GrantConstraintType': Object.keys(Constraints),
        ...(GranteePrincipal && { 'kms:GranteePrincipal': GranteePrincipal }),
        ...(RetiringPrincipal && { 'kms:RetiringPrincipal': RetiringPrincipal }),
      };
      return [keyAccess(kms, 'CreateGrant', kms.key(KeyId), call, { keys, grantOperation: 'CreateGrant' })];
    },
    handle: (input, { caller }) => {
      const key = kms.key(input.KeyId);
      const granteePrincipal = required('granteePrincipal', input.GranteePrincipal);
      checkOperations(key, input);
      checkEnabled(key);
      const same = key.grants.find((grant) => input.Name !== undefined && isSame(grant, input));
      if (same) return { GrantId: same.id, GrantToken: same.token };
      const { random } = kms.host.kernel;
      const grant: Grant = {
        id: random.bytes(TOKEN_BYTES).toString('hex'),
        token: random.bytes(TOKEN_BYTES).toString('base64'),
        name: input.Name,
        granteePrincipal,
        retiringPrincipal: input.RetiringPrincipal,
        operations: [...input.Operations!],
        constraints: input.Constraints,
        issuedBy: caller.kind === 'service' ? caller.principal : caller.arn,
        createdAtMs: kms.now(),
      };
      kms.store.change(key, { grants: [...key.grants, grant] });
      return { GrantId: grant.id, GrantToken: grant.token };
    },
  };
}

function checkOperations(key: KeyRecord, { Operations, Constraints = {} }: CreateGrantInput): void {
  if (!Operations || Operations.length === 0) throw constraintBroken('operations', null, 'not be null');
  const known = OPERATIONS[key.usage];
  const unknown = Operations.find((operation) => !known.includes(operation));
  if (unknown !== undefined) {
    throw validation(`The operation ${unknown} cannot be granted on a key of usage ${key.usage}.`);
  }
  const odd = Object.keys(Constraints).find((name) => !/^EncryptionContext(Subset|Equals)$/.test(name));
  if (odd !== undefined) throw unsupported(`The grant constraint ${odd} is not emulated.`);
}

/** A named grant that is asked for again is the one that is there. */
function isSame(grant: Grant, input: CreateGrantInput): boolean {
  return (
    grant.name === input.Name &&
    grant.granteePrincipal === input.GranteePrincipal &&
    grant.retiringPrincipal === input.RetiringPrincipal &&
    JSON.stringify(grant.operations) === JSON.stringify(input.Operations) &&
    JSON.stringify(grant.constraints) === JSON.stringify(input.Constraints)
  );
}
