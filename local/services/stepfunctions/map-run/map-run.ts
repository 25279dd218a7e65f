/**
 * Owns one Map Run: reads the items, starts a child execution for each item or batch, counts their ends, and reports
 * to the parent. At most `maxConcurrency` children run at once; items are read no faster than children are started.
 * https://docs.aws.amazon.com/step-functions/latest/dg/state-map-distributed.html
 */
import type { Json } from '../../../engine/contract';
import { childInputs } from '../../../engine/engine';
import { AwsError } from '../../../wire/aws-error';
import type { Host } from '../../../wire/host';
import type { ArnMaker } from '../arn';
import type { Driver } from '../driver';
import { TaskFault } from '../integrations/integration';
import type { ExecutionRecord, MapRunChild, MapRunRecord, Revision } from '../model';
import { redriveView } from '../redrive-view';
import type { RunningExecution } from '../running-execution';
import type { StepFunctionsStore } from '../store';
import { type Batch, batchesOf } from './batches';
import { itemsOf } from './item-source';
import type { Plan } from './map-run-plan';
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
  private failures = 0;
  /** ARNs of the children that run, by position. */
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

  /** Begins, or takes up again what its record says; what goes wrong is reported to the parent. */
  start(): void {
    void this.run(() => this.redriveChildren()).catch((error) => this.fail(error));
  }

  /** Goes on with a run that an earlier process began. */
  resume(): void {
    void this.run(() => this.takeUpChildren()).catch((error) => this.fail(error));
  }

  /** Ends the children, and with them the run; the parent hears no more of it. */
  stop(): void {
    if (this.isEnded) return;
    this.end('ABORTED');
    this.abortChildren();
  }

  private async run(takeUp: () => Promise<void>): Promise<void> {
    const known = this.record.children.length;
    if (known > 0) await takeUp();
    let position = 0;
    for await (const batch of batchesOf(this.plan, this.items())) {
      if (position >= known) await this.takeTurn(position, () => this.startChild(position, batch));
      position++;
      if (this.isEnded) return;
    }
    while (this.active.size > 0 && !this.isEnded) {
      await this.nextEnd();
      if (isExceededFinally(this.record, this.failures)) return this.exceed();
    }
    if (this.isEnded) return;
    if (isExceeded(this.record, this.failures, this.record.itemCounts.total)) return this.exceed();
    await this.succeed();
  }

  /** Starts one child when there is room for it, and judges what has failed meanwhile. */
  private async takeTurn(position: number, start: () => void): Promise<void> {
    while (this.active.size >= this.limit && !this.isEnded) await this.nextEnd();
    if (isExceededFinally(this.record, this.failures)) this.exceed();
    if (this.isEnded) return;
    start();
    if (position % CHILDREN_PER_TURN === CHILDREN_PER_TURN - 1) await this.pause();
    if (isExceededFinally(this.record, this.failures)) this.exceed();
  }

  /**
   * Standard children go on where they failed, Express ones begin anew; those that succeeded stay.
   * https://docs.aws.amazon.com/step-functions/latest/dg/redrive-map-run.html#redrive-child-workflow-behavior
   */
  private async redriveChildren(): Promise<void> {
    const { mapRuns } = this.parts.store;
    const nowMs = this.parts.host.kernel.clock.now();
    const redrivable: number[] = [];
    for (const [position, child] of this.record.children.entries()) {
      if (child.outcome === 'succeeded') continue;
      const execution = this.executionOf(child);
      if (child.express || (execution && redriveView(execution, nowMs).redriveStatus !== 'NOT_REDRIVABLE')) {
        redrivable.push(position);
        mapRuns.moveChild(this.record, position, 'pendingRedrive');
      } else {
        this.failures += child.items;
        mapRuns.settleFailure(this.record, position);
      }
    }
    if (redrivable.length > 0)
      this.refuseForbidden('RedriveExecution', this.parts.arns.execution(this.childMachineName, '*'));
    for (const position of redrivable) {
      await this.takeTurn(position, () => this.redriveChild(position));
      if (this.isEnded) return;
    }
  }

  /** Standard children go on by themselves, Express ones begin anew; what a redrive had not come to yet is redriven. */
  private async takeUpChildren(): Promise<void> {
    for (const [position, child] of this.record.children.entries()) {
      if (child.outcome === 'pendingRedrive') await this.takeTurn(position, () => this.redriveChild(position));
      else if (child.outcome === 'running' && child.express) this.renewChild(position, child.express);
      else if (child.outcome === 'running') this.follow(position, this.executionOf(child)!);
      else if (child.outcome !== 'succeeded') this.failures += child.items;
      if (this.isEnded) return;
    }
  }

  private redriveChild(position: number): void {
    const { host, driver, store } = this.parts;
    const child = this.record.children[position]!;
    store.mapRuns.moveChild(this.record, position, 'running');
    if (child.express) {
      this.renewChild(position, child.express);
      return;
    }
    const execution = this.executionOf(child)!;
    store.executions.reopen(execution, host.kernel.clock.now());
    driver.redrive(execution, this.childRevision);
    this.follow(position, execution);
  }

  private renewChild(position: number, execution: ExecutionRecord): void {
    const { host, driver, store } = this.parts;
    store.executions.renew(execution, host.kernel.clock.now());
    driver.start(execution, undefined, this.childRevision, this.childMachineName);
    this.follow(position, execution);
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
    if (position === 0) this.refuseForbidden('StartExecution', this.parent.record.machineArn);
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
      dataKey: this.parent.record.dataKey,
    };
    const child = { executionArn: record.arn, items: batch.items, ...(isExpress && { express: record }) };
    store.mapRuns.addChild(this.record, child);
    driver.start(record, undefined, this.childRevision, this.childMachineName, batch.input);
    this.follow(position, record);
  }

  private follow(position: number, execution: ExecutionRecord): void {
    this.active.set(position, execution.arn);
    if (execution.status !== 'RUNNING') this.childEnded(position, execution);
    else void this.parts.driver.ended(execution.arn).then(() => this.childEnded(position, execution));
  }

  private childEnded(position: number, execution: ExecutionRecord): void {
    this.active.delete(position);
    this.parts.store.mapRuns.moveChild(this.record, position, OUTCOMES[execution.status]!);
    if (execution.status !== 'SUCCEEDED') this.failures += this.record.children[position]!.items;
    this.wake?.();
  }

  private executionOf(child: MapRunChild): ExecutionRecord | undefined {
    const { host, store } = this.parts;
    return child.express ?? store.executions.get(child.executionArn, host.kernel.clock.now());
  }

  /** As AWS, the role of the machine must be allowed to start and to redrive the children. */
  private refuseForbidden(action: string, resource: string): void {
    try {
      this.parts.host.authorize(this.caller(), 'states', { action: `states:${action}`, resource });
    } catch (error) {
      if (error instanceof AwsError) throw new TaskFault('States.Permissions', error.message);
      throw error;
    }
  }

  private async succeed(): Promise<void> {
    const { host, store, driver } = this.parts;
    const results = this.record.children.map((child) => this.executionOf(child)).filter((one) => one !== undefined);
    const output = this.plan.writer
      ? await writeResults(host, this.caller(), this.plan.writer, this.record, results)
      : resultText(results);
    if (this.isEnded) return;
    if (this.plan.writer) store.mapRuns.resultsWritten(this.record);
    this.end('SUCCEEDED');
    driver.post(this.parent.record.arn, { kind: 'mapRunSucceeded', mapRunId: this.plan.mapRunId, output });
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
    const { host, store } = this.parts;
    this.isEnded = true;
    for (const [position, child] of this.record.children.entries()) {
      if (child.outcome !== 'pendingRedrive') continue;
      store.mapRuns.moveChild(this.record, position, OUTCOMES[this.executionOf(child)?.status ?? 'ABORTED']!);
    }
    store.mapRuns.end(this.record, status, host.kernel.clock.now());
    this.wake?.();
  }

  private abortChildren(): void {
    for (const arn of [...this.active.values()]) this.parts.driver.post(arn, { kind: 'stop' });
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
function resultText(results: readonly ExecutionRecord[]): string {
  const outputs = results.filter((execution) => execution.status === 'SUCCEEDED');
  return `[${outputs.map((execution) => execution.output ?? 'null').join(',')}]`;
}
