import type { ExecutionState, Thread } from '../model/execution';

/** Counts a thread among the living, with its variables. */
export function revive(execution: ExecutionState, thread: Thread): void {
  execution.threads[thread.id] = thread;
  execution.variableBytes += bytesOf(thread);
}

/** Takes a thread from the living; its variables count no more. */
export function layToRest(execution: ExecutionState, thread: Thread): void {
  delete execution.threads[thread.id];
  execution.variableBytes -= bytesOf(thread);
}

function bytesOf(thread: Thread): number {
  let sum = 0;
  for (const name in thread.variableBytes) sum += thread.variableBytes[name]!;
  return sum;
}
