/**
 * Owns the messages of one queue: which there are, in what state, and what is durable of them. Knows no API, no other queue
 * and no clock: time is handed in. Which one comes next is the delivery order's to say.
 *
 * Invariants
 * 1. Every message is in exactly one state, and `counts` agrees with the states.
 * 2. No operation costs more than the logarithm of the number of messages (amortised).
 */

import type { JournalCollection } from '../../kernel/journal';
import { TimeHeap } from '../../kernel/time-heap';
import type { DeliveryOrder, FindMessage } from './delivery-order';
import type { Message, MessageCounts, MessageState } from './model';
import { StandardOrder } from './standard-order';

/** Where the messages of a queue are durable, by their id. */
export type MessageRecords = Pick<JournalCollection<Message>, 'put' | 'delete'>;

const FORGOTTEN: MessageRecords = { put: () => undefined, delete: () => undefined };

/** The messages of one queue. */
export class MessageList {
  readonly counts: MessageCounts = { visible: 0, inFlight: 0, delayed: 0 };
  private readonly messages = new Map<string, Message>();
  private readonly order: DeliveryOrder;
  private readonly hidden = new TimeHeap((id, atMs) => {
    const message = this.messages.get(id);
    return message !== undefined && message.state !== 'visible' && message.visibleAtMs === atMs;
  });
  private readonly byAge = new TimeHeap((id, atMs) => this.messages.get(id)?.sentAtMs === atMs);

  constructor(
    orderOf: (find: FindMessage) => DeliveryOrder = (find) => new StandardOrder(find),
    private readonly records: MessageRecords = FORGOTTEN,
  ) {
    this.order = orderOf((id) => this.messages.get(id));
  }

  get(id: string): Message | undefined {
    return this.messages.get(id);
  }

  add(message: Message): void {
    this.restore(message);
    this.records.put(message.id, message);
  }

  /** Adds a message that is durable already. */
  restore(message: Message): void {
    this.messages.set(message.id, message);
    this.counts[message.state]++;
    this.byAge.push(message.sentAtMs, message.id);
    if (message.state !== 'visible') this.hidden.push(message.visibleAtMs, message.id);
    this.order.added(message);
  }

  remove(message: Message): void {
    if (!this.messages.delete(message.id)) return;
    this.counts[message.state]--;
    this.order.removed(message);
    this.records.delete(message.id);
  }

  clear(): void {
    for (const id of this.messages.keys()) this.records.delete(id);
    this.messages.clear();
    this.order.clear();
    this.hidden.clear();
    this.byAge.clear();
    Object.assign(this.counts, { visible: 0, inFlight: 0, delayed: 0 });
  }

  /** Brings the list up to `nowMs`: what is too old goes, what has waited long enough becomes visible. */
  advance(nowMs: number, retentionMs: number): void {
    for (let old = this.byAge.takeDue(nowMs - retentionMs); old; old = this.byAge.takeDue(nowMs - retentionMs)) {
      this.remove(this.messages.get(old.id)!);
    }
    for (let due = this.hidden.takeDue(nowMs); due; due = this.hidden.takeDue(nowMs)) {
      this.move(this.messages.get(due.id)!, 'visible');
    }
  }

  /** The next message that can be received, without taking it; `groupInHand` as in {@link DeliveryOrder}. */
  firstVisible(groupInHand?: string): Message | undefined {
    return this.order.next(groupInHand);
  }

  /** Puts the message that {@link firstVisible} gave into a consumer's hands until `visibleAtMs`. */
  hide(message: Message, visibleAtMs: number): void {
    this.move(message, 'inFlight');
    this.reschedule(message, visibleAtMs);
  }

  /** Sets anew when a hidden message becomes visible. */
  reschedule(message: Message, visibleAtMs: number): void {
    message.visibleAtMs = visibleAtMs;
    this.hidden.push(visibleAtMs, message.id);
    this.records.put(message.id, message);
  }

  /** Sets anew how long after it was sent each delayed message becomes visible. */
  redelay(delayMs: number): void {
    for (const message of this.messages.values()) {
      if (message.state === 'delayed') this.reschedule(message, message.sentAtMs + delayMs);
    }
  }

  /** When the next delayed or in-flight message becomes visible, in milliseconds since the epoch. */
  nextVisibleAtMs(): number | undefined {
    return this.hidden.peek()?.atMs;
  }

  /** When the oldest message was sent, in milliseconds since the epoch. */
  oldestSentAtMs(): number | undefined {
    return this.byAge.peek()?.atMs;
  }

  private move(message: Message, state: MessageState): void {
    const previous = message.state;
    this.counts[previous]--;
    message.state = state;
    this.counts[state]++;
    this.order.moved(message, previous);
  }
}
