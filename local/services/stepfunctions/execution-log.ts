/**
 * Owns the log events of executions, in the form and at the levels of AWS. Publishing neither blocks nor slows an
 * execution, and what CloudWatch Logs refuses is warned of once per group.
 * https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
 */
import type { HistoryEvent } from '../../engine/contract';
import type { Host } from '../../wire/host';
import type { ExecutionEncryption } from './execution-encryption';
import type { ExecutionObserver } from './execution-observer';
import { logGroupOf } from './logging-configuration';
import type { ExecutionRecord, LogLevel, Revision } from './model';

const FATAL: ReadonlySet<string> = new Set(['ExecutionAborted', 'ExecutionFailed', 'ExecutionTimedOut']);

/** Beside these, everything that fails, times out or is aborted. */
const ERROR = /^(?:FailStateEntered|.*(?:Failed|TimedOut|Aborted))$/;

const DATA_MEMBERS: ReadonlySet<string> = new Set(['input', 'inputDetails', 'output', 'outputDetails', 'parameters']);

interface Batch {
  readonly logGroupName: string;
  readonly sourceArn: string;
  readonly revision: Revision;
  readonly events: { timestamp: number; message: string }[];
}

/** Writes history events to the log group of the machine. */
export class ExecutionLog implements ExecutionObserver {
  private readonly batches = new Map<string, Batch>();
  private readonly streams = new Map<string, Promise<string | undefined>>();
  private isFlushing = false;

  constructor(
    private readonly host: Host,
    private readonly encryption: ExecutionEncryption,
  ) {}

  recorded(execution: ExecutionRecord, revision: Revision, events: readonly HistoryEvent[]): void {
    const group = logGroupOf(revision.logging);
    if (!group) return;
    const level = revision.logging.level!;
    const wanted = events.filter((event) => isLogged(event.type, level));
    if (wanted.length === 0) return;
    const hasData = revision.logging.includeExecutionData === true;
    const batch = this.batchOf(group, execution.machineArn, revision);
    for (const event of wanted) {
      batch.events.push({ timestamp: event.timestamp, message: messageOf(event, execution, hasData) });
    }
    if (!this.isFlushing) {
      this.isFlushing = true;
      void Promise.resolve().then(() => this.flush());
    }
  }

  private batchOf(logGroupName: string, machineArn: string, revision: Revision): Batch {
    const key = `${logGroupName} ${machineArn} ${revision.key}`;
    const existing = this.batches.get(key);
    if (existing) return existing;
    const batch = { logGroupName, sourceArn: machineArn, revision, events: [] };
    this.batches.set(key, batch);
    return batch;
  }

  private async flush(): Promise<void> {
    const batches = [...this.batches.values()];
    this.batches.clear();
    this.isFlushing = false;
    for (const batch of batches) {
      const logStreamName = await this.streamFor(batch);
      if (logStreamName === undefined) continue;
      const { logGroupName, revision, events: logEvents } = batch;
      try {
        if (revision.dataKey) await this.encryption.forLogs(revision, batch.sourceArn);
        await this.call(batch, 'PutLogEvents', { logGroupName, logStreamName, logEvents });
      } catch (error) {
        this.host.warn(`log events of ${batch.sourceArn} were lost: ${(error as Error).message}`);
      }
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
