import type { Run } from './run';

/** Starts the time that the definition gives to a whole execution; a redrive begins it anew. */
export function startTimeout(run: Run): void {
  const { timeoutSeconds } = run.machine;
  if (timeoutSeconds === undefined) return;
  run.startTimer(run.nowMs + timeoutSeconds * 1000, { purpose: 'executionTimeout' });
}
