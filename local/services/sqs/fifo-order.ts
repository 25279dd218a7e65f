/**
 * Owns the order of a FIFO queue: within a group messages come in the order in which they were sent, and a group is locked
 * for as long as one of its messages is in flight, save for the receive that holds it.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/FIFO-queues-understanding-logic.html
 *
 * Invariants
 * 1. `ready` has exactly the groups that nothing of is in flight and whose first message is visible.
 * 2. The first message of a group, delayed or not, keeps back all that follow it.
 */
import { LinkedKeys } from '../../kernel/linked-keys';
import type { DeliveryOrder, FindMessage } from './delivery-order';
import type { Message, MessageState } from './model';

interface Group {
  /** The messages, first sent first. */
  readonly ids: LinkedKeys;
  inFlight: number;
}

/** The order of a FIFO queue. */
export class FifoOrder implements DeliveryOrder {
  private readonly groups = new Map<string, Group>();
  private readonly ready = new LinkedKeys();

  constructor(private readonly find: FindMessage) {}

  added(message: Message): void {
    const groupId = groupOf(message);
    const group = this.groups.get(groupId) ?? { ids: new LinkedKeys(), inFlight: 0 };
    this.groups.set(groupId, group);
    group.ids.add(message.id);
    if (message.state === 'inFlight') group.inFlight++;
    this.refresh(groupId, group);
  }

  moved(message: Message, previous: MessageState): void {
    const groupId = groupOf(message);
    const group = this.groups.get(groupId)!;
    if (message.state === 'inFlight') group.inFlight++;
    if (previous === 'inFlight') group.inFlight--;
    this.refresh(groupId, group);
  }

  removed(message: Message): void {
    const groupId = groupOf(message);
    const group = this.groups.get(groupId)!;
    group.ids.delete(message.id);
    if (message.state === 'inFlight') group.inFlight--;
    this.refresh(groupId, group);
  }

  next(groupInHand?: string): Message | undefined {
    const held = groupInHand === undefined ? undefined : this.groups.get(groupInHand);
    const more = held && this.firstNotInFlight(held);
    if (more?.state === 'visible') return more;
    const next = this.ready.first;
    return next === undefined ? undefined : this.firstNotInFlight(this.groups.get(next)!);
  }

  clear(): void {
    this.groups.clear();
    this.ready.clear();
  }

  /** Looks at no more messages than one receive takes: no other ones of a group are in flight. */
  private firstNotInFlight(group: Group): Message | undefined {
    for (const id of group.ids) {
      const message = this.find(id)!;
      if (message.state !== 'inFlight') return message;
    }
    return undefined;
  }

  private refresh(groupId: string, group: Group): void {
    if (group.ids.size === 0) this.groups.delete(groupId);
    const isReady = group.inFlight === 0 && this.firstNotInFlight(group)?.state === 'visible';
    if (!isReady) this.ready.delete(groupId);
    else this.ready.add(groupId);
  }
}

/** A FIFO queue takes no message without a group. */
function groupOf(message: Message): string {
  return message.groupId ?? '';
}
