import type { Message, MessageState } from './model';

/**
 * Decides which visible message of a queue is delivered next. It is told of every message that comes, changes its state or
 * goes, after the fact; it changes none itself.
 */
export interface DeliveryOrder {
  added(message: Message): void;
  /** `message.state` is the new one. */
  moved(message: Message, previous: MessageState): void;
  /** `message.state` is the last one that it had. */
  removed(message: Message): void;
  /** The next message; `groupInHand` is the group of the message that the same receive took last. */
  next(groupInHand?: string): Message | undefined;
  clear(): void;
}

/** Finds a message of the queue by its id; undefined once it is gone. */
export type FindMessage = (id: string) => Message | undefined;
