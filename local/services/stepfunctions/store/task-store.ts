import type { Journal, JournalCollection } from '../../../kernel/journal';
import type { TaskUnderWay } from '../model';
import { isRepeatable } from '../repeatable-call';
import type { RunTask } from '../running-execution';

/**
 * What the next process must know of tasks that are under way. Nothing is kept without a journal, since the driver has
 * the tasks themselves.
 */
export class TaskStore {
  private readonly tasks: Map<string, TaskUnderWay>;
  private readonly isDurable: boolean;
  private readonly durable: JournalCollection<TaskUnderWay>;

  constructor(journal: Journal) {
    this.isDurable = journal.isDurable;
    this.durable = journal.collection('states.tasks');
    this.tasks = new Map(this.durable.restored());
  }

  begun(executionArn: string, command: RunTask): void {
    if (!this.isDurable) return;
    this.set(executionArn, { command: isRepeatable(command.resource) ? command : withoutParameters(command) });
  }

  submitted(executionArn: string, command: RunTask, output: string): void {
    if (!this.isDurable) return;
    this.set(executionArn, { command: withoutParameters(command), submitted: output });
  }

  /** The task is of no interest any more. */
  ended(executionArn: string, taskId: string): void {
    if (!this.isDurable) return;
    this.tasks.delete(keyOf(executionArn, taskId));
    this.durable.delete(keyOf(executionArn, taskId));
  }

  /** Of an execution that is under way. */
  get(executionArn: string, taskId: string): TaskUnderWay | undefined {
    return this.tasks.get(keyOf(executionArn, taskId));
  }

  private set(executionArn: string, task: TaskUnderWay): void {
    const key = keyOf(executionArn, task.command.taskId);
    this.tasks.set(key, task);
    this.durable.put(key, task);
  }
}

/** They have been handed over, and nobody reads them again. */
function withoutParameters(command: RunTask): RunTask {
  return { ...command, parameters: null, parametersText: '' };
}

function keyOf(executionArn: string, taskId: string): string {
  return `${executionArn}#${taskId}`;
}
