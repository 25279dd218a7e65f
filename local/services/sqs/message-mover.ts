/**
 * Owns tasks that move messages out of dead-letter queues: so many a second, until the queue is empty, the task is
 * cancelled or a message has nowhere to go.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-dead-letter-queue-redrive.html
 */
import type { Host } from '../../wire/host';
import { resourceNotFound, unsupportedOperation } from './faults';
import type { Message, MoveTask, Queue } from './model';
import { isFifo } from './queue-attributes';
import type { SqsStore } from './store';
import type { WaitingReceivers } from './waiting-receivers';

const SECOND_MS = 1000;

/** The most that a caller may ask for, and what a task does when nobody asked for less. */
export const FASTEST_PER_SECOND = 500;

/** Why a task failed. */
const QUEUE_IS_GONE = 'AWS.SimpleQueueService.NonExistentQueue';
const SOURCE_IS_NOT_KNOWN = 'CouldNotDetermineMessageSource';

/** Moves messages in the background. */
export class MessageMover {
  constructor(
    private readonly host: Host,
    private readonly store: SqsStore,
    private readonly receivers: WaitingReceivers,
  ) {}

  start(task: MoveTask): void {
    this.store.moveTasks.add(task);
    this.schedule(task, this.now());
  }

  /** Goes on with the tasks that an earlier process left running. */
  resume(): void {
    for (const task of this.store.moveTasks.running()) this.schedule(task, this.now());
  }

  /** Throws ResourceNotFoundException when the queue has no such task, UnsupportedOperation when it has ended. */
  cancel(sourceArn: string, id: string): MoveTask {
    const task = this.store.moveTasks.of(sourceArn).find((candidate) => candidate.id === id);
    if (!task) throw resourceNotFound('Task does not exist.');
    if (task.status !== 'RUNNING') throw unsupportedOperation('Only a task that is running can be cancelled.');
    this.store.moveTasks.end(task, 'CANCELLED');
    return task;
  }

  private schedule(task: MoveTask, atMs: number): void {
    this.host.kernel.clock.schedule(atMs, () => {
      if (task.status === 'RUNNING') this.moveSome(task);
    });
  }

  private moveSome(task: MoveTask): void {
    const source = this.store.queueByArn(task.sourceArn);
    if (!source) {
      this.store.moveTasks.end(task, 'FAILED', QUEUE_IS_GONE);
      return;
    }
    const perSecond = task.messagesPerSecond ?? FASTEST_PER_SECOND;
    for (let count = 0; count < perSecond && task.status === 'RUNNING'; count++) {
      const message = this.store.firstVisible(source, this.now());
      if (!message) this.store.moveTasks.end(task, 'COMPLETED');
      else this.move(task, source, message);
    }
    if (task.status === 'RUNNING') this.schedule(task, this.now() + SECOND_MS);
  }

  private move(task: MoveTask, source: Queue, message: Message): void {
    const arn = task.destinationArn ?? message.deadLetterSourceArn;
    const target = arn === undefined ? undefined : this.store.queueByArn(arn);
    if (!target) {
      this.store.moveTasks.end(task, 'FAILED', arn ? QUEUE_IS_GONE : SOURCE_IS_NOT_KNOWN);
      return;
    }
    const nowMs = this.now();
    this.store.remove(source, message);
    // A message that is moved back is a new one: it has a new id and its retention begins again.
    this.store.send(target, {
      id: this.host.kernel.random.uuid(),
      body: message.body,
      bodyMd5: message.bodyMd5,
      attributes: message.attributes,
      senderId: message.senderId,
      groupId: message.groupId,
      traceHeader: message.traceHeader,
      dataKey: message.dataKey,
      deduplicationId: message.deduplicationId,
      sequenceNumber: isFifo(target) ? this.store.sequence.next(nowMs) : undefined,
      sentAtMs: nowMs,
      state: 'visible',
      visibleAtMs: nowMs,
      receiveCount: 0,
    });
    this.store.moveTasks.countMoved(task);
    this.receivers.changed(target.name);
  }

  private now(): number {
    return this.host.kernel.clock.now();
  }
}
