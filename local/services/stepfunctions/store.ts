/**
 * Owns all that Step Functions remembers: machines with versions and aliases, executions with histories, activities
 * with waiting tasks, Map Runs, and the secret that task tokens are made with.
 * What the driver holds beside it (timers, calls in flight, listeners) can be made anew from here.
 */
import { ActivityStore } from './store/activity-store';
import { ExecutionStore } from './store/execution-store';
import { MachineStore } from './store/machine-store';
import { MapRunStore } from './store/map-run-store';

/** The state of the service, in rooms. */
export class StepFunctionsStore {
  readonly machines = new MachineStore();
  readonly executions = new ExecutionStore();
  readonly activities = new ActivityStore();
  readonly mapRuns = new MapRunStore();

  constructor(readonly tokenSecret: Buffer) {}
}
