/**
 * Owns the order of a standard queue: messages come in the order in which they became visible, save those of a noisy group
 * (a tenant that holds much of what is in flight), which wait for as long as there are others.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-fair-queues-detailed.html
 *
 * Invariants
 * 1. A visible message is in `ready` or in the lane of its group, once.
 * 2. A group stays noisy until its backlog is used up.
 */
import type { DeliveryOrder, FindMessage } from './delivery-order';
import { IdQueue } from './id-queue';
import type { Message, MessageState } from './model';

/** More than this share of what is in flight, and at least so many messages, make a group noisy. */
const NOISY_SHARE = 0.1;
const NOISY_MESSAGES = 30;

/** The order of a standard queue. */
export class StandardOrder implements DeliveryOrder {
  private ready = new IdQueue();
  private readonly lanes = new Map<string, IdQueue>();
  private readonly inFlightOf = new Map<string, number>();
  private inFlight = 0;

  constructor(private readonly find: FindMessage) {}

  added(message: Message): void {
    if (message.state === 'visible') this.ready.push(message.id);
    else if (message.state === 'inFlight') this.countInFlight(message, 1);
  }

  moved(message: Message, previous: MessageState): void {
    if (previous === 'inFlight') this.countInFlight(message, -1);
    if (message.state === 'visible') this.ready.push(message.id);
    else {
      this.countInFlight(message, 1);
      this.dropFirst(message);
    }
  }

  removed(message: Message): void {
    if (message.state === 'inFlight') this.countInFlight(message, -1);
  }

  next(): Message | undefined {
    for (let first = this.firstOf(this.ready); first; first = this.firstOf(this.ready)) {
      if (!this.isNoisy(first)) return first;
      this.ready.shift();
      this.laneOf(first.groupId!).push(first.id);
    }
    return this.firstOfLanes();
  }

  clear(): void {
    this.ready = new IdQueue();
    this.lanes.clear();
    this.inFlightOf.clear();
    this.inFlight = 0;
  }

  /** The noisy group with the least in flight comes first. */
  private firstOfLanes(): Message | undefined {
    let quietest: { readonly message: Message; readonly inFlight: number } | undefined;
    for (const [group, lane] of this.lanes) {
      const message = this.firstOf(lane);
      const inFlight = this.inFlightOf.get(group) ?? 0;
      if (!message) this.lanes.delete(group);
      else if (!quietest || inFlight < quietest.inFlight) quietest = { message, inFlight };
    }
    return quietest?.message;
  }

  private firstOf(queue: IdQueue): Message | undefined {
    for (let id = queue.first(); id !== undefined; id = queue.first()) {
      const message = this.find(id);
      if (message?.state === 'visible') return message;
      queue.shift();
    }
    return undefined;
  }

  private dropFirst({ id, groupId }: Message): void {
    if (this.ready.first() === id) this.ready.shift();
    else if (groupId !== undefined && this.lanes.get(groupId)?.first() === id) this.lanes.get(groupId)!.shift();
  }

  private isNoisy({ groupId }: Message): boolean {
    if (groupId === undefined) return false;
    if (this.lanes.has(groupId)) return true;
    const held = this.inFlightOf.get(groupId) ?? 0;
    return held >= NOISY_MESSAGES && held > this.inFlight * NOISY_SHARE;
  }

  private laneOf(groupId: string): IdQueue {
    const lane = this.lanes.get(groupId) ?? new IdQueue();
    this.lanes.set(groupId, lane);
    return lane;
  }

  private countInFlight({ groupId }: Message, change: number): void {
    this.inFlight += change;
    if (groupId === undefined) return;
    const held = (this.inFlightOf.get(groupId) ?? 0) + change;
    if (held > 0) this.inFlightOf.set(groupId, held);
    else this.inFlightOf.delete(groupId);
  }
}
