/**
 * Owns the log events of executions, in the form and at the levels of AWS. Publishing neither blocks nor slows an
 * execution: what all executions of a machine do in one turn of the event loop goes together. Each delivery asks KMS anew, so that a key that is
 * disabled ends the log at once.
 * https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
 */
import type { HistoryEvent } from '../../engine/contract';
import type { Timer } from '../../kernel/clock';
import type { Host } from '../../wire/host';
import type { ExecutionEncryption } from './execution-encryption';
import type { ExecutionObserver } from './execution-observer';
import { logGroupOf } from './logging-configuration';
import type { ExecutionRecord, LogLevel, Revision } from './model';

const FATAL: ReadonlySet<string> = new Set(['ExecutionAborted', 'ExecutionFailed', 'ExecutionTimedOut']);

/** Beside these, everything that fails, times out or is aborted. */
const ERROR = /^(?:FailStateEntered|.*(?:Failed|TimedOut|Aborted))$/;

const DATA_MEMBERS: ReadonlySet<string> = new Set(['input', 'inputDetails', 'output', 'outputDetails', 'parameters']);

/** Limits of one PutLogEvents. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
const MOST_EVENTS = 10_000;
const MOST_BYTES = 1_048_576;
const BYTES_PER_EVENT = 26;

interface Batch {
  readonly logGroupName: string;
  readonly sourceArn: string;
  readonly revision: Revision;
  readonly events: { timestamp: number; message: string }[];
  bytes: number;
}

/** Writes history events to the log group of the machine. */
export class ExecutionLog implements ExecutionObserver {
  /** Batches that more fits into, by group, machine and revision. */
  private readonly open = new Map<string, Batch>();
  /** All that are to be written, in order. */
  private batches: Batch[] = [];
  private readonly streams = new Map<string, Promise<string | undefined>>();
  private timer?: Timer;
  private flushing: Promise<void> = Promise.resolve();

  constructor(
    private readonly host: Host,
    private readonly encryption: ExecutionEncryption,
  ) {}

  recorded(execution: ExecutionRecord, revision: Revision, events: readonly HistoryEvent[]): void {
    const group = logGroupOf(revision.logging);
    if (!group) return;
    const level = revision.logging.level!;
    const hasData = revision.logging.includeExecutionData === true;
    for (const event of events) {
      if (!isLogged(event.type, level)) continue;
      const message = messageOf(event, execution, hasData);
      const bytes = Buffer.byteLength(message) + BYTES_PER_EVENT;
      const batch = this.batchFor(bytes, group, execution.machineArn, revision);
      batch.events.push({ timestamp: event.timestamp, message });
      batch.bytes += bytes;
    }
    if (this.batches.length === 0) return;
    const { clock } = this.host.kernel;
    this.timer ??= clock.schedule(clock.now(), () => void this.flush());
  }

  /** Writes what is waiting; resolves when all that was recorded so far is written. */
  flush(): Promise<void> {
    this.timer?.cancel();
    this.timer = undefined;
    const batches = this.batches;
    this.batches = [];
    this.open.clear();
    this.flushing = this.flushing.then(async () => {
      for (const batch of batches) await this.write(batch);
    });
    return this.flushing;
  }

  private batchFor(bytes: number, logGroupName: string, machineArn: string, revision: Revision): Batch {
    const key = `${logGroupName} ${machineArn} ${revision.key}`;
    const open = this.open.get(key);
    if (open && open.events.length < MOST_EVENTS && open.bytes + bytes <= MOST_BYTES) return open;
    const batch = { logGroupName, sourceArn: machineArn, revision, events: [], bytes: 0 };
    this.open.set(key, batch);
    this.batches.push(batch);
    return batch;
  }

  private async write(batch: Batch): Promise<void> {
    const logStreamName = await this.streamFor(batch);
    if (logStreamName === undefined) return;
    const { logGroupName, revision, events: logEvents } = batch;
    try {
      if (revision.dataKey) await this.encryption.forLogs(revision, batch.sourceArn);
      await this.call(batch, 'PutLogEvents', { logGroupName, logStreamName, logEvents });
    } catch (error) {
      this.host.warn(`log events of ${batch.sourceArn} were lost: ${(error as Error).message}`);
    }
  }

  /** One stream per machine for as long as this process lives; made when the first event comes. */
  private streamFor(batch: Batch): Promise<string | undefined> {
    const key = `${batch.logGroupName} ${batch.sourceArn}`;
    const existing = this.streams.get(key);
    if (existing) return existing;
    const minute = new Date(this.host.kernel.clock.now()).toISOString().slice(0, 16).replace(/[T:]/g, '-');
    const machineName = batch.sourceArn.slice(batch.sourceArn.lastIndexOf(':') + 1);
    const name = `states/${machineName}/${minute}/${this.host.kernel.random.bytes(4).toString('hex')}`;
    const made = this.call(batch, 'CreateLogStream', { logGroupName: batch.logGroupName, logStreamName: name }).then(
      () => name,
      (error) => {
        this.host.warn(`${batch.sourceArn} logs to ${batch.logGroupName}, which is not possible: ${error.message}`);
        return undefined;
      },
    );
    this.streams.set(key, made);
    return made;
  }

  private call(batch: Batch, action: string, input: object): Promise<unknown> {
    const caller = {
      kind: 'service',
      principal: 'delivery.logs.amazonaws.com',
      sourceArn: batch.sourceArn,
      accountId: this.host.accountId,
    } as const;
    return this.host.call(caller, 'logs', action, input);
  }
}

function isLogged(type: string, level: LogLevel): boolean {
  if (level === 'ALL') return true;
  return level === 'ERROR' ? ERROR.test(type) : FATAL.has(type);
}

function messageOf(event: HistoryEvent, execution: ExecutionRecord, hasData: boolean): string {
  const detailsName = Object.keys(event).find((member) => member.endsWith('EventDetails')) as
    | `${string}EventDetails`
    | undefined;
  const details = (detailsName && event[detailsName]) ?? {};
  const shown = hasData
    ? details
    : Object.fromEntries(Object.entries(details).filter(([member]) => !DATA_MEMBERS.has(member)));
  return JSON.stringify({
    id: String(event.id),
    type: event.type,
    details: shown,
    redrive_count: String(execution.redriveCount ?? 0),
    previous_event_id: String(event.previousEventId),
    event_timestamp: String(event.timestamp),
    execution_arn: execution.arn,
  });
}
