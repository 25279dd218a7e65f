/**
 * Owns all state of SQS: queues, their messages, and the names that were deleted a moment ago. Time and ids are handed
 * in; nothing outside changes a queue or a message.
 *
 * Invariants
 * 1. A message is in one queue; moving it to a dead-letter queue is one step.
 * 2. Before a queue's messages are read they are brought up to the time that was handed in.
 * 3. What is changed here is told to the journal in the same call; a new store over the journal is as this one was.
 */

import { IntervalMemory } from '../../kernel/interval-memory';
import { FORGETFUL_JOURNAL, type Journal, type JournalCollection } from '../../kernel/journal';
import { SequenceNumbers } from '../../kernel/sequence-numbers';
import { queueDeletedRecently } from './faults';
import { FifoOrder } from './fifo-order';
import { MessageList, type MessageRecords } from './message-list';
import type { Message, MessageCounts, Queue, ReceivedBefore, RedrivePolicy, SentBefore } from './model';
import { MoveTaskRegister } from './move-task-register';
import { admitsSource, attributeSeconds, isFifo, redrivePolicyOf } from './queue-attributes';

const RECREATION_PAUSE_MS = 60_000;
/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/using-messagededuplicationid-property.html */
const DEDUPLICATION_MS = 5 * 60_000;

/** Whether a receipt handle names a message that is in flight, has become visible again, or is gone. */
export type ReceiptTarget = { readonly message: Message; readonly isLatest: boolean } | undefined;

/** What a receive took, and the dead-letter queues that got messages on the way. */
export interface Received {
  readonly messages: Message[];
  readonly deadLetterQueues: Set<string>;
}

/** The state of SQS. */
export class SqsStore {
  /** What FIFO queues were sent, by deduplication id, and the receives that they may have to answer again. */
  readonly sent: IntervalMemory<SentBefore>;
  readonly attempts: IntervalMemory<ReceivedBefore>;
  readonly moveTasks: MoveTaskRegister;
  readonly sequence = new SequenceNumbers();
  private readonly queues = new Map<string, { queue: Queue; messages: MessageList }>();
  private readonly deletedAtMs = new Map<string, number>();
  private readonly queueRecords: JournalCollection<Queue>;
  private readonly messageRecords: JournalCollection<Message>;
  private readonly deletionRecords: JournalCollection<number>;
  /** Parsed once: IAM keeps its decisions for as long as it is given the same object. */
  private readonly parsedPolicies = new WeakMap<Queue, { text: string; policy: object }>();

  constructor(
    private readonly journal: Journal = FORGETFUL_JOURNAL,
    nowMs = 0,
  ) {
    this.queueRecords = journal.collection('sqs.queues');
    this.messageRecords = journal.collection('sqs.messages');
    this.deletionRecords = journal.collection('sqs.deletions');
    this.sent = new IntervalMemory(journal.collection('sqs.sent'), DEDUPLICATION_MS);
    this.attempts = new IntervalMemory(journal.collection('sqs.attempts'), DEDUPLICATION_MS);
    this.moveTasks = new MoveTaskRegister(journal.collection('sqs.moveTasks'));
    for (const [name, atMs] of this.deletionRecords.restored()) this.deletedAtMs.set(name, atMs);
    for (const [name, queue] of this.queueRecords.restored()) {
      this.queues.set(name, { queue, messages: this.newList(queue) });
    }
    this.restoreMessages(nowMs);
  }

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
    this.forgetDeletion(queue.name);
    this.queues.set(queue.name, { queue, messages: this.newList(queue) });
    this.queueRecords.put(queue.name, queue);
  }

  delete(name: string, nowMs: number): void {
    this.queues.get(name)?.messages.clear();
    this.queues.delete(name);
    this.queueRecords.delete(name);
    this.sent.forgetOwner(name);
    this.attempts.forgetOwner(name);
    for (const [old, atMs] of this.deletedAtMs) if (nowMs - atMs >= RECREATION_PAUSE_MS) this.forgetDeletion(old);
    this.deletedAtMs.set(name, nowMs);
    this.deletionRecords.put(name, nowMs);
  }

  /** Sets attributes; an empty string takes one away. */
  setAttributes(queue: Queue, attributes: Record<string, string>, nowMs: number): void {
    for (const [name, value] of Object.entries(attributes)) {
      if (value === '') delete queue.attributes[name];
      else queue.attributes[name] = value;
    }
    this.attributesChanged(queue, nowMs);
  }

  replaceAttributes(queue: Queue, attributes: Record<string, string>, nowMs: number): void {
    queue.attributes = { ...attributes };
    this.attributesChanged(queue, nowMs);
  }

  setTags(queue: Queue, tags: Record<string, string>): void {
    queue.tags = { ...tags };
    this.queueRecords.put(queue.name, queue);
  }

  send(queue: Queue, message: Message): void {
    this.listOf(queue).add(message);
  }

  purge(queue: Queue, nowMs: number): void {
    queue.lastPurgedAtMs = nowMs;
    this.queueRecords.put(queue.name, queue);
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
    const takeNext = () => list.firstVisible(messages.at(-1)?.groupId);
    for (let next = takeNext(); next && messages.length < limit; next = takeNext()) {
      if (redrive && next.receiveCount >= redrive.policy.maxReceiveCount) {
        list.remove(next);
        this.advanced(redrive.target, nowMs).add(deadLetterOf(next, queue, nowMs));
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

  /**
   * The messages of an earlier receive, for `visibilityMs` from now on; undefined unless all of them are still in flight as
   * that receive left them.
   */
  receiveAgain(queue: Queue, before: ReceivedBefore, visibilityMs: number, nowMs: number): Message[] | undefined {
    const list = this.advanced(queue, nowMs);
    const messages = before.map(({ messageId, receiveCount, visibleAtMs }) => {
      const message = list.get(messageId);
      const isAsItWas = message?.receiveCount === receiveCount && message.visibleAtMs === visibleAtMs;
      return isAsItWas && message.state === 'inFlight' ? message : undefined;
    });
    if (messages.includes(undefined)) return undefined;
    return (messages as Message[]).map((message) => {
      list.reschedule(message, nowMs + visibilityMs);
      return { ...message };
    });
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

  private newList(queue: Queue): MessageList {
    // A key is not worth its making where nothing is durable.
    const records: MessageRecords | undefined = this.journal.isDurable
      ? {
          put: (id, message) => this.messageRecords.put(`${queue.name} ${id}`, message),
          delete: (id) => this.messageRecords.delete(`${queue.name} ${id}`),
        }
      : undefined;
    return new MessageList(isFifo(queue) ? (find) => new FifoOrder(find) : undefined, records);
  }

  /** In a FIFO queue messages stand in the order in which they came, else in that in which they became visible. */
  private restoreMessages(nowMs: number): void {
    const restored = new Map<string, Message[]>();
    for (const [key, message] of this.messageRecords.restored()) {
      const queueName = key.slice(0, key.indexOf(' '));
      const messages = restored.get(queueName) ?? [];
      restored.set(queueName, messages);
      messages.push(message);
      if (message.sequenceNumber) this.sequence.seen(message.sequenceNumber);
    }
    for (const [queueName, messages] of restored) {
      const entry = this.queues.get(queueName);
      if (!entry) continue;
      if (!isFifo(entry.queue)) messages.sort((a, b) => a.visibleAtMs - b.visibleAtMs);
      for (const message of messages) {
        if (message.visibleAtMs <= nowMs) message.state = 'visible';
        entry.messages.restore(message);
      }
    }
  }

  private forgetDeletion(name: string): void {
    if (this.deletedAtMs.delete(name)) this.deletionRecords.delete(name);
  }

  private attributesChanged(queue: Queue, nowMs: number): void {
    queue.modifiedAtMs = nowMs;
    this.queueRecords.put(queue.name, queue);
    // The delay of a FIFO queue holds for the messages that are in it, too.
    if (isFifo(queue)) this.listOf(queue).redelay(attributeSeconds(queue, 'DelaySeconds') * 1000);
  }

  /** The redrive policy, if its queue exists and admits dead letters from this one. */
  private openRedriveOf(queue: Queue): { policy: RedrivePolicy; target: Queue } | undefined {
    const policy = redrivePolicyOf(queue);
    const target = policy && this.queueByArn(policy.deadLetterTargetArn);
    const isOpen = target && target !== queue && admitsSource(target, queue.arn);
    return isOpen ? { policy: policy!, target } : undefined;
  }
}

/**
 * Dead letters of a FIFO queue begin their retention anew, and their id becomes their deduplication id: two that had the same
 * one are two messages. Those of a standard queue stay as they were.
 */
function deadLetterOf(message: Message, source: Queue, nowMs: number): Message {
  const moved = { ...message, deadLetterSourceArn: source.arn, visibleAtMs: nowMs };
  return isFifo(source) ? { ...moved, sentAtMs: nowMs, deduplicationId: message.id } : moved;
}
