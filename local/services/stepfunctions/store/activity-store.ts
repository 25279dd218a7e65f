import type { ActivityRecord, Tag, WaitingTask } from '../model';
import { writable } from './writable';

/** Activities and the tasks that wait for their workers. */
export class ActivityStore {
  private readonly activities = new Map<string, ActivityRecord>();

  get(arn: string): ActivityRecord | undefined {
    return this.activities.get(arn);
  }

  all(): ActivityRecord[] {
    return [...this.activities.values()];
  }

  add(activity: ActivityRecord): void {
    this.activities.set(activity.arn, activity);
  }

  remove(arn: string): void {
    this.activities.delete(arn);
  }

  enqueue(arn: string, task: WaitingTask): void {
    const activity = this.activities.get(arn);
    if (activity) writable(activity).waiting.push(task);
  }

  /** The oldest waiting task, taken out. */
  take(arn: string): WaitingTask | undefined {
    const activity = this.activities.get(arn);
    return activity && writable(activity).waiting.shift();
  }

  /** Takes back a task that is of no interest any more. */
  withdraw(arn: string, executionArn: string, taskId: string): void {
    const activity = this.activities.get(arn);
    if (!activity) return;
    writable(activity).waiting = activity.waiting.filter(
      (task) => task.taskId !== taskId || task.executionArn !== executionArn,
    );
  }

  setTags(activity: ActivityRecord, tags: Tag[]): void {
    writable(activity).tags = tags;
  }
}
