import { isDeepStrictEqual } from 'node:util';
import { contentHash } from '../../../../lambdas/shared/content-hash';
import type { Task, World } from './state';
import { must } from './violation';

const ERRORS: Readonly<Record<string, string>> = {
  rejected: 'ApprovalRejected',
  expired: 'ApprovalExpired',
  revoked: 'ApprovalRevoked',
};

/** The workflow is told what is written by then, and nothing else. */
export function checkCallback({ request }: World, answer: NonNullable<Task['answer']>): void {
  if (answer.error === 'ApprovalInvalid') return;
  const decision = request?.decision;
  must(decision !== undefined, () => 'the workflow is called back before a decision is written');
  if (decision.status !== 'approved') {
    must(answer.error === ERRORS[decision.status], () => `${decision.status}, but the workflow saw ${say(answer)}`);
    must(answer.cause?.requestId === request?.requestId, () => 'the workflow is told of another request');
    return;
  }
  const { output } = answer;
  must(output?.decision === 'approved', () => `approved, but the workflow saw ${say(answer)}`);
  must(
    isDeepStrictEqual(output.payload, decision.payload),
    () => 'the workflow sees another payload than was approved',
  );
  must(output.payloadHash === contentHash(output.payload), () => 'the payload does not have the hash that is told');
}

function say({ error, output }: NonNullable<Task['answer']>): string {
  return error ?? JSON.stringify(output);
}
