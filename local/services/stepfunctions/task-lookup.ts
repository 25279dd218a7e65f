import type { Access } from '../../wire/service';
import type { ServiceContext } from './context';
import { taskTimedOut } from './faults';
import { readTaskToken, type TokenTarget } from './task-token';

/** A pending task, with what takes it out of the pending ones. */
export interface TokenTask extends TokenTarget {
  settle(): void;
}

/** The task that a token stands for. Throws InvalidToken, or TaskTimedOut once the task has ended. */
export function pendingTaskOf(context: ServiceContext, token: string): TokenTask {
  const { executionArn, taskId } = readTaskToken(context.store.tokenSecret, token);
  if (!context.driver.pendingTask(executionArn, taskId)) throw taskTimedOut();
  return { executionArn, taskId, settle: () => context.driver.settleTask(executionArn, taskId) };
}

/** Callbacks are authorized against the machine whose execution waits; a token that is none is refused later. */
export function tokenAccess(context: ServiceContext, action: string, token: unknown): Access[] {
  try {
    const { executionArn } = readTaskToken(context.store.tokenSecret, String(token));
    const execution = context.store.executions.get(executionArn, context.host.kernel.clock.now());
    return [{ action: `states:${action}`, resource: execution?.machineArn ?? '*' }];
  } catch {
    return [];
  }
}
