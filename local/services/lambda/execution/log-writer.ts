import type { Timer } from '../../../kernel/clock';
import { AwsError } from '../../../wire/aws-error';
import type { Caller } from '../../../wire/caller';
import type { Host } from '../../../wire/host';
import type { OutputLine } from './sandbox';

/** Lines wait this long for others of their stream. */
const BATCH_MS = 100;
/** Limits of one PutLogEvents. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html */
const MAX_EVENTS = 10_000;
const MAX_BYTES = 1_048_576;
const BYTES_PER_EVENT = 26;

/** Where lines go, and as whom. */
export interface LogTarget {
  readonly group: string;
  readonly stream: string;
  readonly caller: Caller;
  readonly functionName: string;
}

interface Pending {
  readonly target: LogTarget;
  lines: OutputLine[];
}

/**
 * Brings the functions' lines to CloudWatch Logs, in batches, as the functions' own roles. A role that may not write loses its
 * lines, as on AWS; that is said once for each function.
 */
export class LogWriter {
  private readonly pending = new Map<string, Pending>();
  private readonly created = new Set<string>();
  private readonly warned = new Set<string>();
  private timer?: Timer;
  private flushing: Promise<void> = Promise.resolve();

  constructor(private readonly host: Host) {}

  /** Takes lines; they are written a little later. */
  append(target: LogTarget, lines: readonly OutputLine[]): void {
    const key = `${target.group}\n${target.stream}`;
    const entry = this.pending.get(key);
    if (entry) for (const line of lines) entry.lines.push(line);
    else this.pending.set(key, { target, lines: [...lines] });
    const { clock } = this.host.kernel;
    this.timer ??= clock.schedule(clock.now() + BATCH_MS, () => void this.flush());
  }

  /** Writes what is waiting; resolves when all that was taken so far is written. */
  flush(): Promise<void> {
    this.timer?.cancel();
    this.timer = undefined;
    const batch = [...this.pending.values()];
    this.pending.clear();
    this.flushing = this.flushing.then(async () => {
      for (const { target, lines } of batch) await this.write(target, lines);
    });
    return this.flushing;
  }

  private async write(target: LogTarget, lines: OutputLine[]): Promise<void> {
    try {
      await this.ensureStream(target);
      for (const logEvents of chunks(lines)) {
        await this.put(target, logEvents);
      }
    } catch (error) {
      if (this.warned.has(target.functionName)) return;
      this.warned.add(target.functionName);
      this.host.warn(`lambda: log lines of function ${target.functionName} are lost: ${(error as Error).message}`);
    }
  }

  private async put(target: LogTarget, logEvents: object[], isRepeated = false): Promise<void> {
    const input = { logGroupName: target.group, logStreamName: target.stream, logEvents };
    try {
      await this.host.call(target.caller, 'logs', 'PutLogEvents', input);
    } catch (error) {
      if (isRepeated || !isCode(error, 'ResourceNotFoundException')) throw error;
      this.created.delete(`${target.group}\n${target.stream}`);
      await this.ensureStream(target);
      await this.put(target, logEvents, true);
    }
  }

  /** Lambda makes the stream, and the group too when the role may. */
  private async ensureStream({ group, stream, caller }: LogTarget): Promise<void> {
    const key = `${group}\n${stream}`;
    if (this.created.has(key)) return;
    const create = () =>
      this.host.call(caller, 'logs', 'CreateLogStream', { logGroupName: group, logStreamName: stream });
    try {
      await create();
    } catch (error) {
      if (isCode(error, 'ResourceNotFoundException')) {
        await this.host.call(caller, 'logs', 'CreateLogGroup', { logGroupName: group });
        await create();
      } else if (!isCode(error, 'ResourceAlreadyExistsException')) throw error;
    }
    this.created.add(key);
  }
}

function* chunks(lines: OutputLine[]): Generator<object[]> {
  let events: object[] = [];
  let bytes = 0;
  for (const { atMs, message } of lines) {
    const size = Buffer.byteLength(message) + BYTES_PER_EVENT;
    if (events.length >= MAX_EVENTS || (events.length > 0 && bytes + size > MAX_BYTES)) {
      yield events;
      events = [];
      bytes = 0;
    }
    // An empty message is no log event on AWS.
    events.push({ timestamp: atMs, message: message || ' ' });
    bytes += size;
  }
  if (events.length > 0) yield events;
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof AwsError && error.code === code;
}
