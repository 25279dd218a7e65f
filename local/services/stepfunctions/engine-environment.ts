import type { Environment } from '../../engine/contract';
import type { Random } from '../../kernel/random';
import type { StepFunctionsStore } from './store';
import { makeTaskToken } from './task-token';

/** What the engine is lent for one execution; a class, since the driver makes one for each. */
export class EngineEnvironment implements Environment {
  constructor(
    readonly random: Random,
    private readonly store: StepFunctionsStore,
    private readonly executionArn: string,
  ) {}

  taskToken(taskId: string): string {
    return makeTaskToken(this.store.tokenSecret, { executionArn: this.executionArn, taskId });
  }

  activityExists(activityArn: string): boolean {
    return this.store.activities.get(activityArn) !== undefined;
  }
}
