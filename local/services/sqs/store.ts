/**
 * Owns all state of SQS: queues, their messages, and the names that were deleted a moment ago. Time and ids are handed
 * in; nothing outside changes a queue or a message.
 *
 * Invariants
 * 1. A message is in one queue; moving it to a dead-letter queue is one step.
 * 2. Before a queue's messages are read they are brought up to the time that was handed in.
 */
import { queueDeletedRecently } from './faults';
import { MessageList } from './message-list';
import type { Message, MessageCounts, MoveTask, Queue, RedrivePolicy } from './model';
import { admitsSource, attributeSeconds, redrivePolicyOf } from './queue-attributes';

const RECREATION_PAUSE_MS = 60_000;
const REMEMBERED_TASKS = 10;

/** Whether a receipt handle names a message that is in flight, has become visible again, or is gone. */
export type ReceiptTarget = { readonly message: Message; readonly isLatest: boolean } | undefined;

/** What a receive took, and the dead-letter queues that got messages on the way. */
export interface Received {
  readonly messages: Message[];
  readonly deadLetterQueues: Set<string>;
}

/** The state of SQS. */
export class SqsStore {
  private readonly queues = new Map<string, { queue: Queue; messages: MessageList }>();
  private readonly deletedAtMs = new Map<string, number>();
  private readonly moveTasks = new Map<string, MoveTask[]>();
  /** Parsed once: IAM keeps its decisions for as long as it is given the same object. */
  private readonly parsedPolicies = new WeakMap<Queue, { text: string; policy: object }>();

  queue(name: string): Queue | undefined {
    return this.queues.get(name)?.queue;
  }

  queueByArn(arn: string): Queue | undefined {
    const queue = this.queue(arn.split(':').pop() ?? '');
    return queue?.arn === arn ? queue : undefined;
  }

  /** The policy of the queue of an ARN, if it has one. */
  policyOf(arn: string): object | undefined {
    const queue = this.queueByArn(arn);
    const text = queue?.attributes.Policy;
    if (!queue || !text) return undefined;
    const kept = this.parsedPolicies.get(queue);
    if (kept?.text === text) return kept.policy;
    const policy: object = JSON.parse(text);
    this.parsedPolicies.set(queue, { text, policy });
    return policy;
  }

  /** All queues in order of name. */
  all(): Queue[] {
    return [...this.queues.values()].map((entry) => entry.queue).sort((a, b) => (a.name < b.name ? -1 : 1));
  }

  /** Queues whose dead letters go to `arn`. */
  sourcesOf(arn: string): Queue[] {
    return this.all().filter((queue) => redrivePolicyOf(queue)?.deadLetterTargetArn === arn);
  }

  /** Adds a queue. Throws QueueDeletedRecently within a minute of deleting one of that name, unless told not to wait. */
  create(queue: Queue, canReplaceDeleted = false): void {
    const deletedAtMs = this.deletedAtMs.get(queue.name);
    if (!canReplaceDeleted && deletedAtMs !== undefined && queue.createdAtMs - deletedAtMs < RECREATION_PAUSE_MS) {
      throw queueDeletedRecently();
    }
    this.deletedAtMs.delete(queue.name);
    this.queues.set(queue.name, { queue, messages: new MessageList() });
  }

  delete(name: string, nowMs: number): void {
    this.queues.delete(name);
    for (const [old, atMs] of this.deletedAtMs) if (nowMs - atMs >= RECREATION_PAUSE_MS) this.deletedAtMs.delete(old);
    this.deletedAtMs.set(name, nowMs);
  }

  /** Sets attributes; an empty string takes one away. */
  setAttributes(queue: Queue, attributes: Record<string, string>, nowMs: number): void {
    for (const [name, value] of Object.entries(attributes)) {
      if (value === '') delete queue.attributes[name];
      else queue.attributes[name] = value;
    }
    queue.modifiedAtMs = nowMs;
  }

  replaceAttributes(queue: Queue, attributes: Record<string, string>, nowMs: number): void {
    queue.attributes = { ...attributes };
    queue.modifiedAtMs = nowMs;
  }

  setTags(queue: Queue, tags: Record<string, string>): void {
    queue.tags = { ...tags };
  }

  send(queue: Queue, message: Message): void {
    this.listOf(queue).add(message);
  }

  purge(queue: Queue, nowMs: number): void {
    queue.lastPurgedAtMs = nowMs;
    this.listOf(queue).clear();
  }

  /**
   * Takes up to `limit` visible messages, for `visibilityMs`, as far as `isReadable`; those received too often move to the
   * dead-letter queue.
   */
  receive(
    queue: Queue,
    limit: number,
    visibilityMs: number,
    nowMs: number,
    isReadable: (message: Message) => boolean = () => true,
  ): Received {
    const list = this.advanced(queue, nowMs);
    const redrive = this.openRedriveOf(queue);
    const messages: Message[] = [];
    const deadLetterQueues = new Set<string>();
    for (let next = list.firstVisible(); next && messages.length < limit; next = list.firstVisible()) {
      if (redrive && next.receiveCount >= redrive.policy.maxReceiveCount) {
        list.remove(next);
        this.advanced(redrive.target, nowMs).add({ ...next, deadLetterSourceArn: queue.arn, visibleAtMs: nowMs });
        deadLetterQueues.add(redrive.target.name);
        continue;
      }
      if (!isReadable(next)) break;
      list.hide(next, nowMs + visibilityMs);
      next.receiveCount++;
      next.firstReceivedAtMs ??= nowMs;
      next.lastReceivedAtMs = nowMs;
      messages.push({ ...next });
    }
    return { messages, deadLetterQueues };
  }

  /** The next message that a receive would take. */
  firstVisible(queue: Queue, nowMs: number): Message | undefined {
    return this.advanced(queue, nowMs).firstVisible();
  }

  /** The message that was received as number `receiveCount`; undefined when it has been deleted or has expired. */
  received(queue: Queue, messageId: string, receiveCount: number, nowMs: number): ReceiptTarget {
    const message = this.advanced(queue, nowMs).get(messageId);
    return message && { message, isLatest: message.receiveCount === receiveCount };
  }

  remove(queue: Queue, message: Message): void {
    this.listOf(queue).remove(message);
  }

  changeVisibility(queue: Queue, message: Message, visibleAtMs: number, nowMs: number): void {
    this.listOf(queue).reschedule(message, visibleAtMs);
    this.advanced(queue, nowMs);
  }

  counts(queue: Queue, nowMs: number): Readonly<MessageCounts> {
    return this.advanced(queue, nowMs).counts;
  }

  nextVisibleAtMs(queue: Queue): number | undefined {
    return this.listOf(queue).nextVisibleAtMs();
  }

  oldestSentAtMs(queue: Queue, nowMs: number): number | undefined {
    return this.advanced(queue, nowMs).oldestSentAtMs();
  }

  /** Tasks that moved messages out of a dead-letter queue, the newest first. */
  moveTasksOf(sourceArn: string): readonly MoveTask[] {
    return this.moveTasks.get(sourceArn) ?? [];
  }

  addMoveTask(task: MoveTask): void {
    this.moveTasks.set(task.sourceArn, [task, ...this.moveTasksOf(task.sourceArn)].slice(0, REMEMBERED_TASKS));
  }

  countMoved(task: MoveTask): void {
    task.messagesMoved++;
  }

  endMoveTask(task: MoveTask, status: MoveTask['status'], failureReason?: string): void {
    Object.assign(task, { status, failureReason });
  }

  private listOf(queue: Queue): MessageList {
    const entry = this.queues.get(queue.name);
    if (entry?.queue !== queue) throw new Error(`the queue ${queue.name} is not in the store`);
    return entry.messages;
  }

  private advanced(queue: Queue, nowMs: number): MessageList {
    const list = this.listOf(queue);
    list.advance(nowMs, attributeSeconds(queue, 'MessageRetentionPeriod') * 1000);
    return list;
  }

  /** The redrive policy, if its queue exists and admits dead letters from this one. */
  private openRedriveOf(queue: Queue): { policy: RedrivePolicy; target: Queue } | undefined {
    const policy = redrivePolicyOf(queue);
    const target = policy && this.queueByArn(policy.deadLetterTargetArn);
    const isOpen = target && target !== queue && admitsSource(target, queue.arn);
    return isOpen ? { policy: policy!, target } : undefined;
  }
}
