import type { Journal, JournalCollection } from '../../../kernel/journal';
import type { ActivityRecord, Tag, WaitingTask } from '../model';
import { writable } from './writable';

/** Activities and the tasks that wait for their workers. */
export class ActivityStore {
  private readonly activities: Map<string, ActivityRecord>;
  private readonly durable: JournalCollection<ActivityRecord>;

  constructor(journal: Journal) {
    this.durable = journal.collection('states.activities');
    this.activities = new Map(this.durable.restored());
  }

  get(arn: string): ActivityRecord | undefined {
    return this.activities.get(arn);
  }

  all(): ActivityRecord[] {
    return [...this.activities.values()];
  }

  add(activity: ActivityRecord): void {
    this.activities.set(activity.arn, activity);
    this.durable.put(activity.arn, activity);
  }

  remove(arn: string): void {
    this.activities.delete(arn);
    this.durable.delete(arn);
  }

  enqueue(arn: string, task: WaitingTask): void {
    const activity = this.activities.get(arn);
    if (!activity) return;
    writable(activity).waiting.push(task);
    this.durable.put(arn, activity);
  }

  /** The oldest waiting task, taken out. */
  take(arn: string): WaitingTask | undefined {
    const activity = this.activities.get(arn);
    const task = activity && writable(activity).waiting.shift();
    if (task) this.durable.put(arn, activity);
    return task;
  }

  /** Takes back a task that is of no interest any more. */
  withdraw(arn: string, executionArn: string, taskId: string): void {
    const activity = this.activities.get(arn);
    if (!activity) return;
    writable(activity).waiting = activity.waiting.filter(
      (task) => task.taskId !== taskId || task.executionArn !== executionArn,
    );
    this.durable.put(arn, activity);
  }

  setTags(activity: ActivityRecord, tags: Tag[]): void {
    writable(activity).tags = tags;
    this.durable.put(activity.arn, activity);
  }
}
