/**
 * Owns what becomes of operations that were under way when an earlier process ended. AWS would go on with them; here they end in a
 * state from which the stack can be deployed again, or deleted.
 */
import type { StackStatus } from './model';
import { enterStatus, type StackTools } from './stack-tools';

const REASON = 'The embedded AWS was ended during the operation; what had been done until then stays.';

const ENDS: Partial<Record<StackStatus, StackStatus>> = {
  CREATE_IN_PROGRESS: 'ROLLBACK_FAILED',
  ROLLBACK_IN_PROGRESS: 'ROLLBACK_FAILED',
  UPDATE_IN_PROGRESS: 'UPDATE_ROLLBACK_COMPLETE',
  UPDATE_ROLLBACK_IN_PROGRESS: 'UPDATE_ROLLBACK_COMPLETE',
  UPDATE_COMPLETE_CLEANUP_IN_PROGRESS: 'UPDATE_COMPLETE',
  UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS: 'UPDATE_ROLLBACK_COMPLETE',
  DELETE_IN_PROGRESS: 'DELETE_FAILED',
};

/** Ends them, with an event that says why. */
export function endInterruptedOperations(tools: StackTools): void {
  for (const { changeSetId } of tools.store.executingChangeSets()) {
    tools.store.setExecutionStatus(changeSetId, 'EXECUTE_FAILED');
  }
  for (const stack of tools.store.all()) {
    const end = ENDS[stack.status];
    if (end) enterStatus(tools, stack, end, REASON);
  }
}
