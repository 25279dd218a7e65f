import type { Host } from '../../../wire/host';
import type { ArnMaker } from '../arn';
import type { Driver, MapRunStarter } from '../driver';
import { machineNameOf } from '../execution-lookup';
import type { MapRunRecord, Revision } from '../model';
import type { RunningExecution } from '../running-execution';
import type { StepFunctionsStore } from '../store';
import { noCounts } from '../store/map-run-store';
import { MapRun, type MapRunParts } from './map-run';
import type { Plan } from './map-run-plan';

/** Starts the children of distributed Map states. */
export class MapRunRunner implements MapRunStarter {
  /** One revision for the children of one Map state of one machine's revision. */
  private readonly childRevisions = new Map<string, Revision>();

  constructor(
    private readonly host: Host,
    private readonly store: StepFunctionsStore,
    private readonly driver: Driver,
    private readonly arns: ArnMaker,
  ) {}

  start(running: RunningExecution, plan: Plan): { stop(): void } {
    const record = this.known(plan) ?? this.begin(running, plan);
    const childRevision = this.childRevision(running, plan);
    this.store.mapRuns.setOrder(record, { plan, childRevisionKey: childRevision.key });
    const run = this.make(running, plan, record, childRevision);
    run.start();
    return run;
  }

  resume(running: RunningExecution, mapRunId: string): { stop(): void } | undefined {
    const { mapRuns, machines } = this.store;
    for (const record of mapRuns.of(running.record.arn)) {
      const order = mapRuns.order(record);
      if (order?.plan.mapRunId !== mapRunId) continue;
      const run = this.make(
        running,
        { kind: 'startMapRun', ...order.plan },
        record,
        machines.revision(order.childRevisionKey),
      );
      run.resume();
      return run;
    }
    return undefined;
  }

  private make(running: RunningExecution, plan: Plan, record: MapRunRecord, childRevision: Revision): MapRun {
    const childMachineName = record.arn.slice(record.arn.indexOf(':mapRun:') + 8, record.arn.lastIndexOf(':'));
    const parts: MapRunParts = { host: this.host, store: this.store, driver: this.driver, arns: this.arns };
    return new MapRun(parts, running, plan, record, childMachineName, childRevision);
  }

  /** The Map Run that a redrive takes up again. */
  private known({ redriveOf, mapRunId }: Plan): MapRunRecord | undefined {
    const record = redriveOf === undefined ? undefined : this.store.mapRuns.get(redriveOf);
    if (!record) return undefined;
    this.store.mapRuns.reopen(record, this.host.kernel.clock.now());
    const { arn: mapRunArn, executionArn, redriveCount } = record;
    this.driver.post(executionArn, { kind: 'mapRunRedriven', mapRunId, mapRunArn, redriveCount });
    return record;
  }

  private begin(running: RunningExecution, plan: Plan): MapRunRecord {
    const label = plan.label ?? this.host.kernel.random.uuid();
    const machineName = machineNameOf(running.record.machineArn);
    const record: MapRunRecord = {
      arn: this.arns.mapRun(machineName, label, this.host.kernel.random.uuid()),
      executionArn: running.record.arn,
      stateMachineArn: running.record.machineArn,
      startDate: this.host.kernel.clock.now(),
      status: 'RUNNING',
      maxConcurrency: plan.maxConcurrency,
      toleratedFailureCount: plan.toleratedFailureCount ?? 0,
      toleratedFailurePercentage: plan.toleratedFailurePercentage ?? 0,
      itemCounts: noCounts(),
      executionCounts: noCounts(),
      redriveCount: 0,
      children: [],
    };
    this.store.mapRuns.add(record);
    const { mapRunId } = plan;
    this.driver.post(running.record.arn, { kind: 'mapRunStarted', mapRunId, mapRunArn: record.arn });
    return record;
  }

  private childRevision(running: RunningExecution, plan: Plan): Revision {
    const { revision } = running;
    const key = `${revision.key} ${plan.stateName}`;
    const known = this.childRevisions.get(key);
    if (known) return known;
    const { key: _key, ...rest } = revision;
    const made = this.store.machines.addRevision({ ...rest, definition: plan.childDefinition });
    this.childRevisions.set(key, made);
    return made;
  }
}
