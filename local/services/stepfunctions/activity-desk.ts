/**
 * Owns the meeting of activity tasks and their workers: tasks wait in the store, polls wait here for a minute.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_GetActivityTask.html
 */
import type { Timer } from '../../kernel/clock';
import type { Host } from '../../wire/host';
import type { Driver } from './driver';
import type { EncryptionConfiguration, WaitingTask } from './model';
import type { StepFunctionsStore } from './store';

const POLL_MS = 60_000;

interface Poll {
  readonly workerName: string | undefined;
  readonly answer: (task: WaitingTask | undefined) => void;
  timer: Timer;
}

/** Where workers ask for tasks. */
export class ActivityDesk {
  private readonly polls = new Map<string, Poll[]>();

  constructor(
    private readonly host: Host,
    private readonly store: StepFunctionsStore,
    private readonly driver: Driver,
  ) {}

  /** Gives the task to the worker that has waited longest, or keeps it. */
  offer(activityArn: string, task: WaitingTask): void {
    const poll = this.polls.get(activityArn)?.shift();
    if (!poll) {
      this.store.activities.enqueue(activityArn, task);
      return;
    }
    poll.timer.cancel();
    if (!task.dataKey) this.hand(task, poll.workerName);
    poll.answer(task);
  }

  /** Takes back a task that has timed out or whose execution has ended. */
  withdraw(activityArn: string, executionArn: string, taskId: string): void {
    this.store.activities.withdraw(activityArn, executionArn, taskId);
  }

  /** The next task, or undefined after a minute, or when the worker has gone away. */
  poll(activityArn: string, workerName: string | undefined, signal?: AbortSignal): Promise<WaitingTask | undefined> {
    const task = this.store.activities.take(activityArn);
    if (task) {
      if (!task.dataKey) this.hand(task, workerName);
      return Promise.resolve(task);
    }
    return new Promise((resolve) => {
      const { clock } = this.host.kernel;
      const polls = this.polls.get(activityArn) ?? [];
      this.polls.set(activityArn, polls);
      const leave = () => {
        const index = polls.indexOf(poll);
        if (index >= 0) polls.splice(index, 1);
        poll.timer.cancel();
        resolve(undefined);
      };
      const poll: Poll = { workerName, answer: resolve, timer: clock.schedule(clock.now() + POLL_MS, leave) };
      polls.push(poll);
      signal?.addEventListener('abort', leave, { once: true });
    });
  }

  /** Ends every poll, with no task. */
  close(): void {
    for (const polls of this.polls.values()) {
      for (const poll of polls.splice(0)) {
        poll.timer.cancel();
        poll.answer(undefined);
      }
    }
  }

  /** Tells the execution that a worker has its task. An encrypted one is handed by whoever has polled, once it may be read. */
  hand(task: WaitingTask, workerName: string | undefined): void {
    this.driver.post(task.executionArn, { kind: 'taskStarted', taskId: task.taskId, workerName });
  }

  /** The encryption of an activity that exists. */
  encryptionOf(activityArn: string): EncryptionConfiguration | undefined {
    return this.store.activities.get(activityArn)?.encryption;
  }
}
