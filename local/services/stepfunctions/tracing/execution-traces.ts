/**
 * Owns the traces of executions: the header that one begins with, the header that its tasks hand on, and its segment, which is
 * written as the machine's role when it begins, when it waits, and once more when it has ended. Executions that are not sampled cost a look at
 * their header.
 * https://docs.aws.amazon.com/step-functions/latest/dg/concepts-xray-tracing.html
 */
import type { HistoryEvent } from '../../../engine/contract';
import type { Host } from '../../../wire/host';
import { newTraceId, readTraceHeader, validTraceHeader, writeTraceHeader } from '../../../wire/trace-header';
import { TraceSampling } from '../../../wire/trace-sampling';
import { sessionNameOf } from '../execution-encryption';
import type { ExecutionObserver } from '../execution-observer';
import type { ExecutionRecord, MachineRecord, Revision } from '../model';
import { executionSegment } from './execution-segment';
import { segmentId } from './segment-id';

/** What an execution does last before it may wait for long. */
const WAITS: ReadonlySet<string> = new Set(['TaskSubmitted', 'WaitStateEntered']);

/** See the head of this file. */
export class ExecutionTraces implements ExecutionObserver {
  private readonly sampling: TraceSampling;
  /** The histories of Express executions that are sampled and run: nobody else keeps them. */
  private readonly expressEvents = new Map<string, HistoryEvent[]>();

  constructor(private readonly host: Host) {
    this.sampling = new TraceSampling(host.kernel.random);
  }

  /**
   * The header of a new execution. A caller that has decided whether the trace is recorded is followed, whether or not the
   * machine is traced itself; otherwise a machine that is traced decides.
   */
  headerOf(machine: MachineRecord, revision: Revision, given: string | undefined): string | undefined {
    const header = validTraceHeader(given);
    const { root, parent, isSampled } = readTraceHeader(header);
    if (isSampled !== undefined || !revision.tracing.enabled) return given || undefined;
    const { random, clock } = this.host.kernel;
    const nowMs = clock.now();
    return writeTraceHeader({
      root: root ?? newTraceId(random, nowMs),
      parent,
      isSampled: this.sampling.samples(machine.arn, nowMs),
    });
  }

  /** The header that a task hands to its service: its own subsegment calls. */
  headerForTask({ arn, traceHeader }: ExecutionRecord, scheduledEventId: number): string | undefined {
    if (!isSampled(traceHeader)) return traceHeader;
    const { root } = readTraceHeader(traceHeader);
    return writeTraceHeader({ root, parent: segmentId(arn, scheduledEventId), isSampled: true });
  }

  started(execution: ExecutionRecord, revision: Revision): void {
    if (!isSampled(execution.traceHeader)) return;
    if (execution.type === 'EXPRESS') this.expressEvents.set(execution.arn, []);
    else this.write(execution, revision, execution.events);
  }

  recorded(execution: ExecutionRecord, revision: Revision, events: readonly HistoryEvent[]): void {
    if (this.expressEvents.size > 0) this.expressEvents.get(execution.arn)?.push(...events);
    const waits = WAITS.has(events.at(-1)!.type);
    if (waits && execution.type === 'STANDARD' && isSampled(execution.traceHeader)) {
      this.write(execution, revision, execution.events);
    }
  }

  ended(execution: ExecutionRecord, revision: Revision): void {
    if (!isSampled(execution.traceHeader)) return;
    this.write(execution, revision, this.expressEvents.get(execution.arn) ?? execution.events);
    this.expressEvents.delete(execution.arn);
  }

  /** A role that may not write traces goes without, as on AWS. */
  private write(execution: ExecutionRecord, revision: Revision, events: readonly HistoryEvent[]): void {
    const { machineArn, name } = execution;
    const machineName = machineArn.slice(machineArn.lastIndexOf(':') + 1);
    const document = JSON.stringify(executionSegment(execution, events, machineName));
    const put = async () => {
      const caller = this.host.assumeRole(revision.roleArn, 'states.amazonaws.com', sessionNameOf(name), machineArn);
      await this.host.call(caller, 'xray', 'PutTraceSegments', { TraceSegmentDocuments: [document] });
    };
    put().catch(() => undefined);
  }
}

function isSampled(traceHeader: string | undefined): boolean {
  return traceHeader !== undefined && /Sampled=1/i.test(traceHeader) && validTraceHeader(traceHeader) !== undefined;
}
