import { z } from 'zod';

/** An account as a whole, where IAM there decides: `arn:aws:iam::111122223333:root`. */
const ACCOUNT = /^arn:aws[a-z-]*:iam::\d{12}:root$/;

/** A role; the roles of IAM Identity Center have a path, and a suffix that changes whenever they are made anew. */
const ROLE = /^arn:aws[a-z-]*:iam::\d{12}:role\/(?:[\w+=,.@-]+\/)*[\w+=,.@-]+$/;
const PERMISSION_SET =
  /^arn:aws[a-z-]*:iam::\d{12}:role\/aws-reserved\/sso\.amazonaws\.com\/(?:\*\/|[a-z0-9-]+\/)?AWSReservedSSO_[\w+=,.@-]+_\*$/;

const caller = z
  .string()
  .refine(
    (text) => text === 'account' || [ACCOUNT, ROLE, PERMISSION_SET].some((pattern) => pattern.test(text)),
    "must be 'account' for the account of the stacks, the ARN of an account (arn:aws:iam::111122223333:root), of a role, or " +
      'of a permission set (arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_NAME_*): ' +
      'users, sessions and other patterns are refused',
  );

const callers = z.array(caller).max(10, 'names more than a trust policy holds: give a role that all of them assume');

/** Who may work with what was deployed, by role. Empty: the role is not made. */
export const operatorSettings = z.strictObject({
  /** Dead letters, redrives, what stands still, pauses: `npm run ops`. */
  operator: callers,
  /** Looks: the audit trail, logs, metrics, executions. */
  auditor: callers,
  /** Looks at everything that helps, mutes alarms for a time, pauses. */
  onCall: callers,
});
