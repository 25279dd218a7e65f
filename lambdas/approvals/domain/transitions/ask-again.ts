import type { Change } from '../change';
import type { ApprovalRequest } from '../request';

/**
 * The asking state tried again: its new task waits with a new token. What was decided meanwhile is told to it.
 * Nothing for an attempt that is not later than the known one.
 */
export function askAgain(request: ApprovalRequest, attempt: number, ciphertext: string): Change | undefined {
  if (attempt <= request.token.attempt) return undefined;
  const isDecided = request.status !== 'pending';
  return {
    request: { ...request, token: { ciphertext, attempt }, callback: isDecided ? 'due' : request.callback },
    acts: [{ act: 'AskedAgain', actor: 'workflow', details: { attempt } }],
    effects: isDecided ? [{ kind: 'callback' }] : [],
  };
}
