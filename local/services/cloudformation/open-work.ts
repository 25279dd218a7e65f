/**
 * Owns what an operation on a stack has done and not yet settled: the changes that it may have to take back, and the steps that it is
 * at. A process that is started after its end finds both.
 */
import { DurableMap } from '../../kernel/durable-map';
import type { Journal } from '../../kernel/journal';
import type { Change, Step } from './model';

/** See the head of this file. */
export class OpenWork {
  /** By stack id and a number that grows. */
  private readonly changes: DurableMap<Change>;
  /** By stack id and logical id. */
  private readonly steps: DurableMap<Step>;
  private lastNumber = 0;

  constructor(journal: Journal) {
    this.changes = new DurableMap(journal, 'cloudformation.changes');
    this.steps = new DurableMap(journal, 'cloudformation.steps');
    for (const key of this.changes.keys()) {
      this.lastNumber = Math.max(this.lastNumber, Number(key.slice(key.indexOf('\n') + 1)));
    }
  }

  /** The changes of a stack that are not settled, in the order in which they were made. */
  changesOf(stackId: string): Change[] {
    return valuesOf(this.changes, stackId);
  }

  addChange(stackId: string, change: Change): void {
    this.changes.set(`${stackId}\n${++this.lastNumber}`, change);
  }

  /** A change has been taken back, or is there to stay. */
  removeChange(stackId: string, change: Change): void {
    for (const [key, other] of this.changes) if (other === change && isOf(stackId, key)) this.changes.delete(key);
  }

  removeChangesOf(stackId: string): void {
    for (const key of [...this.changes.keys()]) if (isOf(stackId, key)) this.changes.delete(key);
  }

  stepsOf(stackId: string): Step[] {
    return valuesOf(this.steps, stackId);
  }

  begin(stackId: string, step: Step): void {
    this.steps.set(`${stackId}\n${step.draft.logicalId}`, step);
  }

  end(stackId: string, { draft }: Step): void {
    this.steps.delete(`${stackId}\n${draft.logicalId}`);
  }
}

function valuesOf<Value>(map: ReadonlyMap<string, Value>, stackId: string): Value[] {
  return [...map].filter(([key]) => isOf(stackId, key)).map(([, value]) => value);
}

function isOf(stackId: string, key: string): boolean {
  return key.startsWith(`${stackId}\n`);
}
