/**
 * Owns one Map Run: reads the items, starts a child execution for each item or batch, counts their ends, and reports
 * to the parent. At most `maxConcurrency` children run at once; items are read no faster than children are started.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
import type { Json } from '../../../engine/contract';
import { childInputs } from '../../../engine/engine';
import type { Host } from '../../../wire/host';
import type { ArnMaker } from '../arn';
import type { Driver } from '../driver';
import { TaskFault } from '../integrations/integration';
import type { ExecutionRecord, MapRunCounts, MapRunRecord, Revision } from '../model';
import type { RunningExecution } from '../running-execution';
import type { StepFunctionsStore } from '../store';
import { type Batch, batchesOf } from './batches';
import { itemsOf } from './item-source';
import type { ChildResult, Plan } from './map-run-plan';
import { writeResults } from './result-writer';
import { isExceeded, isExceededFinally } from './tolerance';

/** What a Map Run needs of its service. */
export interface MapRunParts {
  readonly host: Host;
  readonly store: StepFunctionsStore;
  readonly driver: Driver;
  readonly arns: ArnMaker;
}

/** AWS runs up to 10,000 children at once; one process does no more at once than this, for its memory's sake. */
const CONCURRENCY_LIMIT = 1000;
/** Children that are started before others have their turn. */
const CHILDREN_PER_TURN = 50;

/** The children of one distributed Map state. */
export class MapRun {
  private readonly results = new Map<number, ChildResult>();
  private failures = 0;
  private readonly active = new Map<number, string>();
  private isEnded = false;
  private wake: (() => void) | undefined;

  constructor(
    private readonly parts: MapRunParts,
    private readonly parent: RunningExecution,
    private readonly plan: Plan,
    private readonly record: MapRunRecord,
    private readonly childMachineName: string,
    private readonly childRevision: Revision,
  ) {}

  /** Begins; what goes wrong is reported to the parent. */
  start(): void {
    void this.run().catch((error) => this.fail(error));
  }

  /** Ends the children, and with them the run; the parent hears no more of it. */
  stop(): void {
    if (this.isEnded) return;
    this.end('ABORTED');
    this.abortChildren();
  }

  private async run(): Promise<void> {
    let position = 0;
    let startedThisTurn = 0;
    for await (const batch of batchesOf(this.plan, this.items())) {
      while (this.active.size >= this.limit && !this.isEnded) await this.nextEnd();
      if (this.isEnded) return;
      this.startChild(position++, batch);
      if (++startedThisTurn >= CHILDREN_PER_TURN) {
        startedThisTurn = 0;
        await this.pause();
      }
      if (isExceededFinally(this.record, this.failures)) return this.exceed();
    }
    while (this.active.size > 0 && !this.isEnded) {
      await this.nextEnd();
      if (isExceededFinally(this.record, this.failures)) return this.exceed();
    }
    if (this.isEnded) return;
    if (isExceeded(this.record, this.failures, this.record.itemCounts.total)) return this.exceed();
    await this.succeed();
  }

  /** UpdateMapRun may change it on the way. */
  private get limit(): number {
    return Math.min(this.record.maxConcurrency || CONCURRENCY_LIMIT, CONCURRENCY_LIMIT);
  }

  /** The items through the Map's ItemSelector, as they are read. */
  private async *items(): AsyncGenerator<Json> {
    let firstIndex = 0;
    const caller = () => this.caller();
    for await (const chunk of itemsOf(this.parts.host, caller, this.plan)) {
      const environment = { random: this.parts.host.kernel.random, taskToken: () => '' };
      const request = {
        mapRunId: this.plan.mapRunId,
        atMs: this.parts.host.kernel.clock.now(),
        items: chunk,
        firstIndex,
      };
      firstIndex += chunk.length;
      yield* await childInputs(this.parent.machine, this.parent.state, request, environment);
    }
  }

  private startChild(position: number, batch: Batch): void {
    const { host, driver, store, arns } = this.parts;
    const name = host.kernel.random.uuid();
    const isExpress = this.plan.childType === 'EXPRESS';
    const record: ExecutionRecord = {
      arn: isExpress
        ? arns.express(this.childMachineName, name, host.kernel.random.uuid())
        : arns.execution(this.childMachineName, name),
      name,
      type: this.plan.childType,
      machineArn: arns.stateMachine(this.childMachineName),
      revisionKey: this.childRevision.key,
      mapRunArn: this.record.arn,
      input: JSON.stringify(batch.input),
      startDate: host.kernel.clock.now(),
      status: 'RUNNING',
      events: [],
    };
    this.record.executions.push(record.arn);
    this.active.set(position, record.arn);
    this.count('running', batch.items);
    this.record.itemCounts.total += batch.items;
    this.record.executionCounts.total++;
    driver.start(record, store.machines.get(record.machineArn), this.childRevision, this.childMachineName);
    if (record.status !== 'RUNNING') this.childEnded(position, { execution: record, items: batch.items });
    else void driver.ended(record.arn).then(() => this.childEnded(position, { execution: record, items: batch.items }));
  }

  private childEnded(position: number, result: ChildResult): void {
    this.active.delete(position);
    this.count('running', -result.items);
    const { status } = result.execution;
    const outcome = OUTCOMES[status]!;
    this.record.itemCounts[outcome] += result.items;
    this.record.executionCounts[outcome]++;
    if (status !== 'SUCCEEDED') this.failures += result.items;
    this.results.set(position, result);
    this.wake?.();
  }

  private async succeed(): Promise<void> {
    const ordered = [...this.results].sort(([a], [b]) => a - b).map(([, result]) => result);
    const output = this.plan.writer
      ? await writeResults(this.parts.host, this.caller(), this.plan.writer, this.record, ordered)
      : resultText(ordered);
    if (this.isEnded) return;
    this.end('SUCCEEDED');
    this.parts.driver.post(this.parent.record.arn, {
      kind: 'mapRunSucceeded',
      mapRunId: this.plan.mapRunId,
      output,
    });
  }

  private exceed(): void {
    this.fail(
      new TaskFault('States.ExceedToleratedFailureThreshold', 'The specified tolerated failure threshold was exceeded'),
    );
  }

  private fail(thrown: { error?: string; cause?: unknown; message?: string }): void {
    if (this.isEnded) return;
    this.end('FAILED');
    this.abortChildren();
    const error = typeof thrown.error === 'string' ? thrown.error : 'States.ItemReaderFailed';
    const cause = typeof thrown.cause === 'string' ? thrown.cause : (thrown.message ?? String(thrown));
    this.parts.driver.post(this.parent.record.arn, {
      kind: 'mapRunFailed',
      mapRunId: this.plan.mapRunId,
      error,
      cause,
    });
  }

  private end(status: MapRunRecord['status']): void {
    this.isEnded = true;
    this.record.status = status;
    this.record.stopDate = this.parts.host.kernel.clock.now();
    this.wake?.();
  }

  private abortChildren(): void {
    for (const arn of [...this.active.values()]) this.parts.driver.post(arn, { kind: 'stop' });
  }

  private count(what: keyof MapRunCounts, items: number): void {
    this.record.itemCounts[what] += items;
    this.record.executionCounts[what] += Math.sign(items);
  }

  private nextEnd(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  private pause(): Promise<void> {
    const { clock } = this.parts.host.kernel;
    return new Promise((resolve) => {
      clock.schedule(clock.now(), resolve);
    });
  }

  private caller() {
    const { host } = this.parts;
    const { record, revision } = this.parent;
    this.parent.caller ??= host.assumeRole(revision.roleArn, 'states.amazonaws.com', 'map-run', record.machineArn);
    return this.parent.caller;
  }
}

const OUTCOMES = {
  SUCCEEDED: 'succeeded',
  FAILED: 'failed',
  TIMED_OUT: 'timedOut',
  ABORTED: 'aborted',
  RUNNING: 'running',
} as const;

/** Without a writer, the outputs of the children that succeeded, in the order of their items. */
function resultText(results: readonly ChildResult[]): string {
  const outputs = results.filter(({ execution }) => execution.status === 'SUCCEEDED');
  return `[${outputs.map(({ execution }) => execution.output ?? 'null').join(',')}]`;
}
