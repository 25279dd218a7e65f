import { ConditionKeys } from '../../../local/services/iam/condition-keys';
import { decide, type Refusal } from '../../../local/services/iam/decide';
import { compilePolicy } from '../../../local/services/iam/policy-document';
import type { Caller } from '../../../local/wire/caller';

export const ACCOUNT = '000000000000';

/** A session of the role `worker`. */
export const ROLE: Caller = {
  kind: 'role',
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/worker/session`,
  roleArn: `arn:aws:iam::${ACCOUNT}:role/worker`,
  accountId: ACCOUNT,
};

/** The account's administrator. */
export const USER: Caller = { kind: 'user', arn: `arn:aws:iam::${ACCOUNT}:user/local`, accountId: ACCOUNT };

/** EventBridge delivering for a rule. */
export const RULE: Caller = {
  kind: 'service',
  principal: 'events.amazonaws.com',
  sourceArn: `arn:aws:events:us-east-1:${ACCOUNT}:rule/bus/placed`,
  accountId: ACCOUNT,
};

/** One question to the evaluator; statements without a version are of 2012-10-17. */
export interface Question {
  readonly caller?: Caller;
  readonly action?: string;
  readonly resource?: string;
  readonly context?: Record<string, string | string[]>;
  readonly nowMs?: number;
  readonly identity?: object[];
  readonly boundary?: object[];
  readonly session?: object[];
  readonly onResource?: object[];
}

/** Why it is refused; undefined when it is allowed. */
export function ask(question: Question): Refusal | undefined {
  const { caller = ROLE, action = 'sqs:SendMessage', resource = `arn:aws:sqs:us-east-1:${ACCOUNT}:orders` } = question;
  const keys = new ConditionKeys({
    caller,
    resource,
    region: 'us-east-1',
    accountId: ACCOUNT,
    nowMs: question.nowMs ?? Date.UTC(2026, 0, 1),
    context: question.context,
  });
  const policy = (statements: object[] | undefined, kind: 'identity' | 'resource') =>
    statements && compilePolicy({ Version: '2012-10-17', Statement: statements }, kind);
  return decide(
    {
      identity: [policy(question.identity ?? [], 'identity')!],
      boundary: policy(question.boundary, 'identity'),
      session: policy(question.session, 'identity'),
      resource: policy(question.onResource, 'resource'),
    },
    { caller, action, resource, keys },
  );
}

/** Whether it is allowed. */
export function isAllowed(question: Question): boolean {
  return ask(question) === undefined;
}

/** A statement that allows everything under a condition. */
export function allowIf(Condition: object): object {
  return { Effect: 'Allow', Action: '*', Resource: '*', Condition };
}
