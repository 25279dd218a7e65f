/** Owns the tasks that move dead letters: the last ten of each queue, the newest first. */
import type { JournalCollection } from '../../kernel/journal';
import type { MoveTask } from './model';

const REMEMBERED = 10;

/** The tasks by the queue that they move messages out of. */
export class MoveTaskRegister {
  private readonly bySource = new Map<string, readonly MoveTask[]>();

  constructor(private readonly records: JournalCollection<MoveTask>) {
    for (const [, task] of records.restored()) this.place(task);
  }

  of(sourceArn: string): readonly MoveTask[] {
    return this.bySource.get(sourceArn) ?? [];
  }

  running(): MoveTask[] {
    return [...this.bySource.values()].flat().filter((task) => task.status === 'RUNNING');
  }

  add(task: MoveTask): void {
    this.place(task);
    this.records.put(task.id, task);
  }

  countMoved(task: MoveTask): void {
    task.messagesMoved++;
    this.records.put(task.id, task);
  }

  end(task: MoveTask, status: MoveTask['status'], failureReason?: string): void {
    Object.assign(task, { status, failureReason });
    this.records.put(task.id, task);
  }

  private place(task: MoveTask): void {
    const tasks = [task, ...this.of(task.sourceArn)];
    this.bySource.set(task.sourceArn, tasks.slice(0, REMEMBERED));
    for (const old of tasks.slice(REMEMBERED)) this.records.delete(old.id);
  }
}
