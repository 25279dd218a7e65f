import { AwsError } from '../../../wire/aws-error';
import type { Host } from '../../../wire/host';
import type { Action } from '../../../wire/service';
import { validationError } from '../faults';
import { newSession } from '../sessions';
import type { IamStore } from '../store';

const DEFAULT_SECONDS = 43_200;

/**
 * https://docs.aws.amazon.com/STS/latest/APIReference/API_GetSessionToken.html: keys of the one who asks that expire, for 900 to 129,600
 * seconds. Nobody can be denied it, so that it names no access; a role's session has AccessDenied. MFA is not emulated.
 */
export function getSessionToken(host: Host, store: IamStore): Action<{ DurationSeconds?: string | number }> {
  return {
    handle: ({ DurationSeconds = DEFAULT_SECONDS }, { caller }) => {
      if (caller.kind !== 'user') {
        throw new AwsError('AccessDenied', 'Cannot call GetSessionToken with session credentials', 403);
      }
      const seconds = Number(DurationSeconds);
      if (!(seconds >= 900 && seconds <= 129_600)) {
        throw validationError(
          `1 validation error detected: Value '${DurationSeconds}' at 'durationSeconds' failed to satisfy constraint: ` +
            'Member must have value between 900 and 129600',
        );
      }
      const expiresAtMs = host.kernel.clock.now() + seconds * 1000;
      const session = newSession(host.kernel, store, undefined, caller.arn, { expiresAtMs });
      return {
        Credentials: {
          AccessKeyId: session.accessKeyId,
          SecretAccessKey: session.secretAccessKey,
          SessionToken: session.sessionToken,
          Expiration: new Date(expiresAtMs),
        },
      };
    },
  };
}
