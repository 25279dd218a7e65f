import type { HistoryEvent } from '../../engine/contract';
import type { Host } from '../../wire/host';
import type { ExecutionObserver } from './execution-observer';
import type { ExecutionRecord, Revision } from './model';

/** What an Express execution is billed for, as StartSyncExecution answers it. */
export interface ExpressBill {
  readonly billedMemoryUsedInMB: number;
  readonly billedDurationInMilliseconds: number;
}

const BYTES_PER_MB = 1024 * 1024;
const DURATION_STEP_MS = 100;
const MEMORY_STEP_MB = 64;

/** What an execution of nothing takes. */
const BASE_MB = 50;

/** What a running execution has shown of itself so far. */
interface Measure {
  /** The largest input or output of a state. */
  dataBytes: number;
  /** Parallel states and items of Maps. */
  steps: number;
}

/**
 * Bills Express executions as AWS does: time in steps of 100 ms, memory in steps of 64 MB, estimated by AWS's own formula,
 * 50 MB + definition + data × number of Parallel or Map steps. https://aws.amazon.com/step-functions/pricing/
 * The metrics: https://docs.aws.amazon.com/step-functions/latest/dg/procedure-cw-metrics.html
 */
export class ExpressBilling implements ExecutionObserver {
  private readonly measures = new Map<string, Measure>();
  private readonly bills = new Map<string, ExpressBill>();

  constructor(private readonly host: Host) {}

  recorded(execution: ExecutionRecord, _revision: Revision, events: readonly HistoryEvent[]): void {
    if (execution.type !== 'EXPRESS') return;
    const measure = this.measureOf(execution);
    for (const event of events) {
      if (event.type === 'MapIterationStarted' || event.type === 'ParallelStateStarted') measure.steps++;
      const data = (event.stateEnteredEventDetails?.input ?? event.stateExitedEventDetails?.output) as
        | string
        | undefined;
      measure.dataBytes = Math.max(measure.dataBytes, data?.length ?? 0);
    }
  }

  ended(execution: ExecutionRecord, revision: Revision): void {
    if (execution.type !== 'EXPRESS') return;
    const { dataBytes, steps } = this.measureOf(execution);
    this.measures.delete(execution.arn);
    const memoryMegabytes = BASE_MB + (revision.definition.length + dataBytes * Math.max(1, steps)) / BYTES_PER_MB;
    const billedMegabytes = Math.ceil(memoryMegabytes / MEMORY_STEP_MB) * MEMORY_STEP_MB;
    const durationMs = execution.stopDate! - execution.startDate;
    const billedMs = Math.max(1, Math.ceil(durationMs / DURATION_STEP_MS)) * DURATION_STEP_MS;
    const dimensions = { StateMachineArn: execution.machineArn };
    this.host.metric('AWS/States', 'ExpressExecutionMemory', dimensions, memoryMegabytes, 'Megabytes');
    this.host.metric('AWS/States', 'ExpressExecutionBilledMemory', dimensions, billedMegabytes, 'Megabytes');
    this.host.metric('AWS/States', 'ExpressExecutionBilledDuration', dimensions, billedMs, 'Milliseconds');
    if (!execution.isSynchronous) return;
    this.bills.set(execution.arn, { billedMemoryUsedInMB: billedMegabytes, billedDurationInMilliseconds: billedMs });
  }

  /** The bill of a synchronous execution that has ended; it is given once. */
  take(executionArn: string): ExpressBill {
    const bill = this.bills.get(executionArn);
    if (!bill) throw new Error(`there is no bill of ${executionArn}`);
    this.bills.delete(executionArn);
    return bill;
  }

  private measureOf({ arn }: ExecutionRecord): Measure {
    const known = this.measures.get(arn);
    if (known) return known;
    const measure = { dataBytes: 0, steps: 0 };
    this.measures.set(arn, measure);
    return measure;
  }
}
