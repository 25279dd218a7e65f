/**
 * Owns the mail that was sent: the newest thousand, as raw messages with what a list shows of them. Forgets the oldest beyond that,
 * and beyond the bytes it may take.
 */
import { DurableMap } from '../../../kernel/durable-map';
import type { Journal } from '../../../kernel/journal';
import type { Outcome } from '../delivery/outcome';
import type { Recipients } from '../delivery/sending';
import type { MessageTag } from '../model';

const LIMIT_MAILS = 1000;
const LIMIT_BYTES = 256 * 1024 * 1024;

/** A mail that SES took. */
export interface Mail {
  /** Its MessageId. */
  readonly id: string;
  readonly sentAtMs: number;
  /** As it was given, a name included. */
  readonly from: string;
  readonly recipients: Recipients;
  /** By bare address, blind copies included. */
  readonly outcomes: ReadonlyMap<string, Outcome>;
  readonly subject: string;
  readonly hasHtml: boolean;
  readonly attachmentNames: readonly string[];
  readonly tags: readonly MessageTag[];
  readonly configurationSetName?: string;
  /** The whole message, headers and all. */
  readonly source: Buffer;
}

/** How many mails a recipient has. */
export interface RecipientCount {
  readonly address: string;
  readonly total: number;
  readonly unread: number;
}

export class Inbox {
  /** Oldest first. */
  private readonly mails: DurableMap<Mail>;
  private readonly read: DurableMap<true>;
  private bytes = 0;

  constructor(journal: Journal) {
    this.mails = new DurableMap(journal, 'ses.mails');
    this.read = new DurableMap(journal, 'ses.readMails');
    for (const { source } of this.mails.values()) this.bytes += source.length;
  }

  add(mail: Mail): void {
    this.mails.set(mail.id, mail);
    this.bytes += mail.source.length;
    for (const oldest of this.mails.values()) {
      if (this.mails.size <= LIMIT_MAILS && this.bytes <= LIMIT_BYTES) break;
      this.mails.delete(oldest.id);
      this.read.delete(oldest.id);
      this.bytes -= oldest.source.length;
    }
  }

  find(id: string): Mail | undefined {
    return this.mails.get(id);
  }

  /** Newest first; those to one recipient, in any case, when an address is given. */
  list(to?: string): Mail[] {
    const all = [...this.mails.values()].reverse();
    return to === undefined ? all : all.filter((mail) => isTo(mail, to));
  }

  isUnread(mail: Mail): boolean {
    return !this.read.has(mail.id);
  }

  markRead(mail: Mail): void {
    if (this.mails.has(mail.id)) this.read.set(mail.id, true);
  }

  /** Whose mail is here, the one that got the newest first. */
  recipients(): RecipientCount[] {
    const counts = new Map<string, { total: number; unread: number }>();
    for (const mail of this.list()) {
      for (const address of mail.outcomes.keys()) {
        const key = address.toLowerCase();
        const count = counts.get(key) ?? { total: 0, unread: 0 };
        count.total++;
        if (this.isUnread(mail)) count.unread++;
        counts.set(key, count);
      }
    }
    return [...counts].map(([address, count]) => ({ address, ...count }));
  }
}

function isTo(mail: Mail, to: string): boolean {
  return [...mail.outcomes.keys()].some((address) => address.toLowerCase() === to.trim().toLowerCase());
}
