/**
 * Deletes messages of a dead-letter or review queue for good. It owns the order of things.
 *
 * 1. **Nothing is deleted unrecorded.** What is going to be deleted is recorded with its reason before the first deletion, and how it came
 *    out after the last.
 * 2. **Only what was there when it began** and was chosen is deleted; the rest can be received again at once when it ends.
 *
 * Pure over ports.
 */
import type { OperatorAct } from '../operator-log';
import type { MessageClass, Verdict } from './classify';
import type { DeadLetter } from './message';

/** What deleting works with. */
export interface DiscardPorts {
  /** All messages that can be received, hidden from others for some minutes. */
  receiveAll(): Promise<readonly DeadLetter[]>;
  judge(message: DeadLetter): Promise<Verdict>;
  delete(message: DeadLetter): Promise<void>;
  giveBack(messages: readonly DeadLetter[]): Promise<void>;
  record(...acts: OperatorAct[]): Promise<void>;
}

/** Which messages, and why: by their ids, or by their class. */
export interface DiscardOptions {
  readonly messageIds?: readonly string[];
  readonly messageClass?: MessageClass;
  readonly reason: string;
  /** Only say what would be deleted. */
  readonly isDryRun: boolean;
}

/** A message that was looked at, and what became of it. */
export interface Discarded {
  readonly message: DeadLetter;
  readonly verdict: Verdict;
  readonly outcome: 'deleted' | 'would be deleted' | 'left';
}

/** Deletes what `options` choose. Throws what a deletion throws, after the rest was given back and the outcome recorded. */
export async function discard(ports: DiscardPorts, options: DiscardOptions): Promise<Discarded[]> {
  const held = new Map((await ports.receiveAll()).map((message) => [message.messageId, message]));
  try {
    const judged: { message: DeadLetter; verdict: Verdict }[] = [];
    for (const message of held.values()) judged.push({ message, verdict: await ports.judge(message) });
    const isChosen = ({ message, verdict }: (typeof judged)[number]) =>
      options.messageIds?.includes(message.messageId) ?? verdict.messageClass === options.messageClass;
    const left = judged.filter((one) => !isChosen(one)).map((one) => ({ ...one, outcome: 'left' as const }));
    const chosen = judged.filter(isChosen);
    if (options.isDryRun || chosen.length === 0) {
      return [...chosen.map((one) => ({ ...one, outcome: 'would be deleted' as const })), ...left];
    }
    const actOf = (act: string, { message, verdict }: (typeof judged)[number]) => ({
      ...{ act, messageId: message.messageId, messageClass: verdict.messageClass, reason: options.reason },
    });
    await ports.record(...chosen.map((one) => actOf('delete-begun', one)));
    const deleted: typeof chosen = [];
    try {
      for (const one of chosen) {
        await ports.delete(one.message);
        held.delete(one.message.messageId);
        deleted.push(one);
      }
    } finally {
      if (deleted.length > 0) await ports.record(...deleted.map((one) => actOf('deleted', one)));
    }
    return [...deleted.map((one) => ({ ...one, outcome: 'deleted' as const })), ...left];
  } finally {
    await ports.giveBack([...held.values()]);
  }
}
