/**
 * Owns the messages of one queue and their order. Knows no API, no other queue and no clock: time is handed in.
 *
 * Invariants
 * 1. Every message is in exactly one state, and `counts` agrees with the states.
 * 2. Visible messages come out in the order in which they became visible.
 * 3. No operation costs more than the logarithm of the number of messages (amortised).
 */

import { TimeHeap } from '../../kernel/time-heap';
import type { Message, MessageCounts, MessageState } from './model';

/** The messages of one queue. */
export class MessageList {
  readonly counts: MessageCounts = { visible: 0, inFlight: 0, delayed: 0 };
  private readonly messages = new Map<string, Message>();
  private ready: string[] = [];
  private readyFrom = 0;
  private readonly hidden = new TimeHeap((id, atMs) => {
    const message = this.messages.get(id);
    return message !== undefined && message.state !== 'visible' && message.visibleAtMs === atMs;
  });
  private readonly byAge = new TimeHeap((id, atMs) => this.messages.get(id)?.sentAtMs === atMs);

  get(id: string): Message | undefined {
    return this.messages.get(id);
  }

  add(message: Message): void {
    this.messages.set(message.id, message);
    this.counts[message.state]++;
    this.byAge.push(message.sentAtMs, message.id);
    if (message.state === 'visible') this.ready.push(message.id);
    else this.hidden.push(message.visibleAtMs, message.id);
  }

  remove(message: Message): void {
    if (this.messages.delete(message.id)) this.counts[message.state]--;
  }

  clear(): void {
    this.messages.clear();
    this.ready = [];
    this.readyFrom = 0;
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
      this.show(this.messages.get(due.id)!);
    }
  }

  /** The next visible message, without taking it. */
  firstVisible(): Message | undefined {
    while (this.readyFrom < this.ready.length) {
      const message = this.messages.get(this.ready[this.readyFrom]!);
      if (message?.state === 'visible') return message;
      this.shiftReady();
    }
    return undefined;
  }

  /** Puts the message that {@link firstVisible} gave into a consumer's hands until `visibleAtMs`. */
  hide(message: Message, visibleAtMs: number): void {
    this.shiftReady();
    this.move(message, 'inFlight');
    this.reschedule(message, visibleAtMs);
  }

  /** Sets anew when an in-flight message becomes visible. */
  reschedule(message: Message, visibleAtMs: number): void {
    message.visibleAtMs = visibleAtMs;
    this.hidden.push(visibleAtMs, message.id);
  }

  /** When the next delayed or in-flight message becomes visible, in milliseconds since the epoch. */
  nextVisibleAtMs(): number | undefined {
    return this.hidden.peek()?.atMs;
  }

  /** When the oldest message was sent, in milliseconds since the epoch. */
  oldestSentAtMs(): number | undefined {
    return this.byAge.peek()?.atMs;
  }

  private show(message: Message): void {
    this.move(message, 'visible');
    this.ready.push(message.id);
  }

  private move(message: Message, state: MessageState): void {
    this.counts[message.state]--;
    message.state = state;
    this.counts[state]++;
  }

  private shiftReady(): void {
    this.readyFrom++;
    if (this.readyFrom > 1024 && this.readyFrom * 2 > this.ready.length) {
      this.ready = this.ready.slice(this.readyFrom);
      this.readyFrom = 0;
    }
  }
}
