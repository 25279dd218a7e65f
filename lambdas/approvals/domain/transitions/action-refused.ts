import { contentHash } from '../../../shared/content-hash';
import type { ActionRefusedMessage } from '../../contracts/ask-message';
import type { Change } from '../change';
import type { ApprovalRequest } from '../request';

/** The most reports of one request that are recorded. */
const MOST_REPORTS = 50;

/** Records that somebody did not act on the decision; undefined for a report that is recorded already. */
export function actionRefused(request: ApprovalRequest, message: ActionRefusedMessage): Change | undefined {
  const hash = contentHash(message);
  if (request.refusedActions.includes(hash) || request.refusedActions.length >= MOST_REPORTS) return undefined;
  const { action, expectedHash, actualHash, reason } = message;
  return {
    request: { ...request, refusedActions: [...request.refusedActions, hash] },
    acts: [
      {
        act: 'ActionRefused',
        actor: 'workflow',
        details: { action, expectedHash, actualHash, ...(reason === undefined ? {} : { reason }) },
      },
    ],
    effects: [],
  };
}
