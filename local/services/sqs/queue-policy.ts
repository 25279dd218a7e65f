/** The statements that AddPermission and RemovePermission write into a queue's policy. */
import type { Queue } from './model';

interface Statement {
  readonly Sid?: string;
  readonly [name: string]: unknown;
}

interface Policy {
  readonly Version: string;
  readonly Id?: string;
  readonly Statement: readonly Statement[];
}

/** The statements of a queue's policy; a single one may stand without a list. */
export function statementsOf(queue: Queue): Statement[] {
  return queue.attributes.Policy ? [JSON.parse(queue.attributes.Policy).Statement ?? []].flat() : [];
}

/** The policy with other statements, as text; without any there is no policy. */
export function policyWith(queue: Queue, statements: readonly Statement[]): string {
  if (statements.length === 0) return '';
  const before: Partial<Policy> = queue.attributes.Policy ? JSON.parse(queue.attributes.Policy) : {};
  const policy: Policy = {
    Version: '2012-10-17',
    Id: `${queue.arn}/SQSDefaultPolicy`,
    ...before,
    Statement: statements,
  };
  return JSON.stringify(policy);
}
