import type { Thread } from '../model/execution';
import { layToRest } from './living-threads';
import type { Run } from './run';

/** Withdraws everything a thread waits for, and all threads below it, which are kept as its broken fork. */
export function abortThread(run: Run, thread: Thread): void {
  const pending = [thread];
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { waiting } = next;
    if (waiting?.kind === 'fork') {
      const children = waiting.running.map((id) => run.execution.threads[id]!);
      next.broken = { fork: waiting, children };
      pending.push(...children);
    }
    stopWaiting(run, next);
    layToRest(run.execution, next);
  }
}

/** Withdraws the task, timer or distributed Map that a thread waits for. */
export function stopWaiting(run: Run, thread: Thread): void {
  const { waiting } = thread;
  thread.waiting = undefined;
  if (!waiting) return;
  switch (waiting.kind) {
    case 'timer':
    case 'retry':
      run.cancelTimer(waiting.timerId);
      return;
    case 'task':
      run.cancelTimer(waiting.timeoutTimerId);
      run.cancelTimer(waiting.heartbeatTimerId);
      delete run.execution.tasks[waiting.taskId];
      run.commands.push({ kind: 'cancelTask', taskId: waiting.taskId });
      return;
    case 'mapRun':
      delete run.execution.tasks[waiting.mapRunId];
      run.commands.push({ kind: 'stopMapRun', mapRunId: waiting.mapRunId });
      return;
    case 'fork':
      return;
  }
}

/** Withdraws whatever still runs, when the execution ends. */
export function abortAll(run: Run): void {
  const root = run.execution.threads[1];
  if (root) abortThread(run, root);
  for (const timerId of Object.keys(run.execution.timers)) run.cancelTimer(timerId);
}
