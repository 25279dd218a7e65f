import type { Kernel } from '../../kernel/kernel';
import type { Caller } from '../../wire/caller';
import type { Credentials } from '../../wire/host';
import { isOwnAccessKeyId, newAccessKeyId } from './access-keys';
import { expiredToken, invalidToken } from './faults';
import type { PolicyJson, SessionRecord } from './model';
import type { IamStore } from './store';

/** Length of the session name that AWS admits. */
const SESSION_NAME = /^[\w+=,.@-]{2,64}$/;

/** The ARN of a role's session. AWS leaves the role's path out of it. */
export function sessionArn(accountId: string, roleArn: string, sessionName: string): string {
  return `arn:aws:sts::${accountId}:assumed-role/${roleArn.slice(roleArn.lastIndexOf('/') + 1)}/${sessionName}`;
}

/** Whether AWS takes a name for a session. */
export function isSessionName(name: string): boolean {
  return SESSION_NAME.test(name);
}

/** Makes credentials of a role's session, or of the administrator's; without `expiresAtMs` for a service, which renews them in silence. */
export function newSession(
  kernel: Kernel,
  store: IamStore,
  roleArn: string | undefined,
  arn: string,
  terms: { expiresAtMs?: number; sessionPolicy?: PolicyJson } = {},
): SessionRecord {
  const { random } = kernel;
  const session: SessionRecord = {
    accessKeyId: newAccessKeyId(random),
    secretAccessKey: random.bytes(30).toString('base64'),
    sessionToken: random.bytes(48).toString('base64'),
    roleArn,
    sessionArn: arn,
    ...terms,
  };
  store.putSession(session);
  return session;
}

/**
 * The caller that an access key stands for: a session's role; the administrator for any key that was not made here.
 * Throws ExpiredToken, or InvalidClientTokenId for a key made here whose session is not known.
 */
export function identifyKey(kernel: Kernel, store: IamStore, accountId: string, accessKeyId: string): Caller {
  const session = store.session(accessKeyId);
  if (session) {
    if (session.expiresAtMs !== undefined && session.expiresAtMs <= kernel.clock.now()) throw expiredToken();
    const { sessionArn: arn, roleArn } = session;
    return roleArn === undefined ? { kind: 'user', arn, accountId } : { kind: 'role', arn, roleArn, accountId };
  }
  if (isOwnAccessKeyId(accessKeyId)) throw invalidToken();
  return { kind: 'user', arn: `arn:aws:iam::${accountId}:user/local`, accountId };
}

/** Credentials by which a caller is known on the wire. Throws for a service: services do not sign. */
export function credentialsFor(kernel: Kernel, store: IamStore, caller: Caller): Credentials {
  switch (caller.kind) {
    case 'user':
      return { accessKeyId: 'local', secretAccessKey: 'local', sessionToken: 'local' };
    case 'service':
      throw new Error(`${caller.principal} has no credentials: services act in process`);
    case 'role': {
      const known = store.sessionOfService(caller.arn);
      const { accessKeyId, secretAccessKey, sessionToken } =
        known ?? newSession(kernel, store, caller.roleArn, caller.arn);
      return { accessKeyId, secretAccessKey, sessionToken };
    }
  }
}
