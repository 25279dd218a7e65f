import type { Thread } from '../model/execution';
import { revive } from './living-threads';
import type { Run } from './run';
import { startTimeout } from './timeout';

/**
 * Takes an execution that did not succeed up again where it stopped: states that failed or were given up run again,
 * with all their retries; what branches and iterations had reached stays.
 * https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
 */
export function redrive(run: Run): void {
  const { execution } = run;
  const root = execution.fallen;
  if (execution.status === 'RUNNING' || !root) return;
  execution.fallen = undefined;
  execution.status = 'RUNNING';
  execution.redriveCount++;
  execution.redriveTimeMs = run.nowMs;
  const details = { redriveCount: execution.redriveCount };
  const causeId = run.emitAside(execution.lastEventId, 'ExecutionRedriven', 'executionRedrivenEventDetails', details);
  takeUp(run, root, causeId);
  startTimeout(run);
}

function takeUp(run: Run, first: Thread, causeId: number): void {
  const pending = [first];
  for (let thread = pending.pop(); thread; thread = pending.pop()) {
    revive(run.execution, thread);
    thread.attempts = [];
    thread.retryCount = 0;
    thread.lastEventId = causeId;
    const { broken } = thread;
    thread.broken = undefined;
    if (!broken) {
      run.wake(thread);
      continue;
    }
    broken.fork.running = broken.children.map((child) => child.id);
    thread.waiting = broken.fork;
    pending.push(...broken.children);
  }
}
