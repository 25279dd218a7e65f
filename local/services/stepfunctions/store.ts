/**
 * Owns all that Step Functions remembers: machines with versions and aliases, executions with histories, activities
 * with waiting tasks, tasks under way, Map Runs, and the secret that task tokens are made with. All of it is in the journal.
 * What the driver holds beside it (timers, calls in flight, listeners) can be made anew from here.
 */
import type { Journal } from '../../kernel/journal';
import { ActivityStore } from './store/activity-store';
import { ExecutionStore } from './store/execution-store';
import { MachineStore } from './store/machine-store';
import { MapRunStore } from './store/map-run-store';
import { TaskStore } from './store/task-store';

/** The state of the service, in rooms. */
export class StepFunctionsStore {
  readonly machines: MachineStore;
  readonly executions: ExecutionStore;
  readonly activities: ActivityStore;
  readonly tasks: TaskStore;
  readonly mapRuns: MapRunStore;
  readonly tokenSecret: Buffer;

  /** `newSecret` makes the secret of task tokens, the first time. */
  constructor(journal: Journal, newSecret: () => Buffer) {
    this.machines = new MachineStore(journal);
    this.executions = new ExecutionStore(journal, this.machines);
    this.activities = new ActivityStore(journal);
    this.tasks = new TaskStore(journal);
    this.mapRuns = new MapRunStore(journal);
    const secrets = journal.collection<Uint8Array>('states.secrets');
    const [kept] = secrets.restored();
    this.tokenSecret = kept ? Buffer.from(kept[1]) : newSecret();
    if (!kept) secrets.put('taskTokens', this.tokenSecret);
  }
}
