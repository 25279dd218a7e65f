/**
 * Sends messages of a dead-letter queue again and deletes them there. It owns the order of things, and refuses nothing that was
 * asked for.
 *
 * 1. **No message is lost.** One is deleted only after the other queue has said that it has it. If deleting fails, it is in both.
 * 2. **Nothing is done unrecorded.** What is going to be sent is recorded before the first send, and how it came out after the last.
 * 3. **It ends.** What is received a second time, or was sent after the replay began, is left: what fails again is not chased.
 * 4. What is not sent can be received again at once when the replay ends, however it ends.
 *
 * Pure over ports.
 */
import type { OperatorAct } from '../operator-log';
import type { MessageClass, Verdict } from './classify';
import type { DeadLetter } from './message';

/** What replaying works with. */
export interface ReplayPorts {
  /** Up to ten messages, hidden from others for some minutes; none when all have been received. */
  receive(): Promise<readonly DeadLetter[]>;
  judge(message: DeadLetter): Promise<Verdict>;
  /** ARN of the queue that a message belongs to; undefined when it has none. */
  destinationOf(message: DeadLetter): string | undefined;
  /** Resolves with the new message's id once the queue has it. */
  send(message: DeadLetter, queueArn: string): Promise<string>;
  delete(message: DeadLetter): Promise<void>;
  giveBack(messages: readonly DeadLetter[]): Promise<void>;
  record(...acts: OperatorAct[]): Promise<void>;
  pause(milliseconds: number): Promise<void>;
  now(): number;
}

/** Which messages, and how. */
export interface ReplayOptions {
  /** Classes that are sent. */
  readonly classes: readonly MessageClass[];
  /** Ids of the only messages that are sent, whatever their class. */
  readonly messageIds?: readonly string[];
  /** Only say what would be sent. */
  readonly isDryRun: boolean;
  readonly perSecond: number;
}

/** A message that was looked at, and what became of it. `doubled`: it was sent, and could not be deleted. */
export interface Replayed {
  readonly message: DeadLetter;
  readonly verdict: Verdict;
  readonly to?: string;
  readonly outcome: 'sent' | 'would be sent' | 'doubled' | 'left';
}

interface Chosen {
  readonly message: DeadLetter;
  readonly verdict: Verdict;
  readonly to: string;
}

/** Replays what `options` choose. Throws what a send throws, after the rest was given back and the outcome recorded. */
export async function replay(ports: ReplayPorts, options: ReplayOptions): Promise<Replayed[]> {
  const startedAtMs = ports.now();
  const done: Replayed[] = [];
  const held = new Map<string, DeadLetter>();
  const seen = new Set<string>();
  try {
    for (;;) {
      const batch = await ports.receive();
      const fresh = batch.filter(({ messageId }) => !seen.has(messageId));
      for (const message of batch) {
        seen.add(message.messageId);
        held.set(message.messageId, message);
      }
      if (fresh.length === 0) return done;
      const chosen: Chosen[] = [];
      for (const message of fresh.filter(({ sentAtMs }) => sentAtMs < startedAtMs)) {
        const verdict = await ports.judge(message);
        const to = ports.destinationOf(message);
        if (to !== undefined && isChosen(message, verdict, options)) chosen.push({ message, verdict, to });
        else done.push({ message, verdict, to, outcome: 'left' });
      }
      if (options.isDryRun) done.push(...chosen.map((one) => ({ ...one, outcome: 'would be sent' as const })));
      else await sendAll(ports, chosen, options.perSecond, done, held);
    }
  } finally {
    await ports.giveBack([...held.values()]);
  }
}

function isChosen(
  { messageId }: DeadLetter,
  { messageClass }: Verdict,
  { classes, messageIds }: ReplayOptions,
): boolean {
  return messageIds ? messageIds.includes(messageId) : classes.includes(messageClass);
}

async function sendAll(
  ports: ReplayPorts,
  chosen: readonly Chosen[],
  perSecond: number,
  done: Replayed[],
  held: Map<string, DeadLetter>,
): Promise<void> {
  if (chosen.length === 0) return;
  await ports.record(
    ...chosen.map(({ message, verdict, to }) => ({
      act: 'replay-begun',
      messageId: message.messageId,
      messageClass: verdict.messageClass,
      to,
    })),
  );
  const outcomes: OperatorAct[] = [];
  try {
    for (const one of chosen) {
      const { message, to } = one;
      const newMessageId = await ports.send(message, to);
      const outcome = await ports.delete(message).then(
        () => 'sent' as const,
        () => 'doubled' as const,
      );
      if (outcome === 'sent') held.delete(message.messageId);
      outcomes.push({ act: 'replayed', messageId: message.messageId, newMessageId, to, outcome });
      done.push({ ...one, outcome });
      await ports.pause(1000 / perSecond);
    }
  } finally {
    if (outcomes.length > 0) await ports.record(...outcomes);
  }
}
