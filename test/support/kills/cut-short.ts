import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { FileJournal } from '../../../local/kernel/file-journal';

/** What the check reads of a message in the journal. */
interface MessageRecord {
  readonly id: string;
  readonly state: string;
  readonly visibleAtMs: number;
  readonly receiveCount: number;
}

/** What the check reads of the journal's log events. */
interface LogRecord {
  readonly events: readonly { readonly message: string }[];
}

/** The line of a queue's consumer that has failed by itself. */
const FAILURE = 'A message failed and will be delivered again';

/**
 * Which receives of which messages were under way when a process died, as the journal that it left tells: they count although nobody
 * was there any more to delete the message, on AWS too.
 */
export class CutShort {
  private readonly receives = new Set<string>();
  private readonly failed = new Set<string>();
  /** The highest receive count of a message that the last process was at. */
  highest = 0;

  /** Reads what a process has left that died at `diedAtMs`. */
  note(dataFolder: string, diedAtMs: number): void {
    // The next process shall find everything as the last one left it, a torn end included.
    const copy = mkdtempSync(path.join(tmpdir(), 'stepwright-left-'));
    try {
      for (const name of readdirSync(dataFolder).filter((file) => /^(log|snapshot)-\d+$/.test(file))) {
        cpSync(path.join(dataFolder, name), path.join(copy, name));
      }
      const journal = new FileJournal(copy);
      this.highest = 0;
      for (const [, message] of journal.collection<MessageRecord>('sqs.messages').restored()) {
        const { id, state, visibleAtMs, receiveCount } = message;
        if (state !== 'inFlight' || visibleAtMs <= diedAtMs) continue;
        this.receives.add(`${id} ${receiveCount}`);
        this.highest = Math.max(this.highest, receiveCount);
      }
      for (const [, { events }] of journal.collection<LogRecord>('logs.events').restored()) {
        for (const { message } of events) {
          const messageId = message.includes(FAILURE) && /"messageId":"([^"]+)"/.exec(message)?.[1];
          if (messageId) this.failed.add(messageId);
        }
      }
      journal.close();
    } finally {
      rmSync(copy, { recursive: true, force: true });
    }
  }

  /** Whether each receive of a message, from the first to this one, ended with the process, and none by itself. */
  isEachOf(messageId: string, receives: number): boolean {
    const counts = Array.from({ length: receives }, (_, index) => index + 1);
    return !this.failed.has(messageId) && counts.every((count) => this.receives.has(`${messageId} ${count}`));
  }
}
