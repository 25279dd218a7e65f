import type { Host } from '../../../wire/host';
import type { Action } from '../../../wire/service';
import { accessDenied } from '../access-denied';
import { validationError } from '../faults';
import { compilePolicy } from '../policy-document';
import { isSessionName, newSession, sessionArn } from '../sessions';
import type { IamStore } from '../store';

/**
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html. Nobody can be denied it, so that it names
 * no access.
 */
export function getCallerIdentity(store: IamStore): Action {
  return {
    handle: (_input, { caller }) => {
      if (caller.kind === 'service')
        return { Arn: caller.principal, UserId: caller.principal, Account: caller.accountId };
      const session = caller.arn.split('/').pop();
      const roleId = caller.kind === 'role' ? store.roleByArn(caller.roleArn)?.roleId : undefined;
      return {
        Arn: caller.arn,
        UserId: roleId ? `${roleId}:${session}` : 'AIDALOCALLOCALLOCAL2',
        Account: caller.accountId,
      };
    },
  };
}

interface AssumeRoleInput {
  readonly RoleArn: string;
  readonly RoleSessionName: string;
  /** A number, as text on the wire. */
  readonly DurationSeconds?: string | number;
  readonly Policy?: string;
  readonly ExternalId?: string;
}

/** https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html; session tags and MFA are not emulated. */
export function assumeRole(host: Host, store: IamStore): Action<AssumeRoleInput> {
  return {
    access: ({ RoleArn, RoleSessionName, ExternalId }) => {
      const context = {
        'sts:RoleSessionName': String(RoleSessionName),
        ...(ExternalId && { 'sts:ExternalId': ExternalId }),
      };
      return [{ action: 'sts:AssumeRole', resource: String(RoleArn), context }];
    },
    handle: ({ RoleArn, RoleSessionName, DurationSeconds, Policy }, { caller }) => {
      if (!isSessionName(String(RoleSessionName))) {
        throw validationError(
          `1 validation error detected: Value '${RoleSessionName}' at 'roleSessionName' failed to satisfy constraint: ` +
            'Member must satisfy regular expression pattern: [\\w+=,.@-]*, with 2 to 64 characters',
        );
      }
      const role = store.roleByArn(String(RoleArn));
      // AWS does not tell a role that is missing from one that may not be assumed.
      if (!role) {
        const refusal = { kind: 'implicit', policy: 'resource-based policy' } as const;
        throw accessDenied(caller, 'sts', 'sts:AssumeRole', RoleArn, refusal);
      }
      const durationSeconds = checkDuration(Number(DurationSeconds ?? 3600), role.maxSessionSeconds);
      const sessionPolicy = Policy === undefined ? undefined : parsePolicy(Policy);
      const arn = sessionArn(host.accountId, role.arn, RoleSessionName);
      const expiresAtMs = host.kernel.clock.now() + durationSeconds * 1000;
      const session = newSession(host.kernel, store, role.arn, arn, { expiresAtMs, sessionPolicy });
      return {
        Credentials: {
          AccessKeyId: session.accessKeyId,
          SecretAccessKey: session.secretAccessKey,
          SessionToken: session.sessionToken,
          Expiration: new Date(expiresAtMs),
        },
        AssumedRoleUser: { AssumedRoleId: `${role.roleId}:${RoleSessionName}`, Arn: arn },
      };
    },
  };
}

function checkDuration(seconds: number, maxSeconds: number): number {
  if (!(seconds >= 900 && seconds <= 43_200)) {
    throw validationError(
      `1 validation error detected: Value '${seconds}' at 'durationSeconds' failed to satisfy constraint: ` +
        'Member must have value between 900 and 43200',
    );
  }
  if (seconds > maxSeconds) {
    throw validationError('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.');
  }
  return seconds;
}

function parsePolicy(text: string) {
  let document: any;
  try {
    document = JSON.parse(text);
  } catch {
    throw validationError('The session policy is not JSON.');
  }
  compilePolicy(document, 'identity');
  return document;
}
