import type { Host } from '../../wire/host';
import type { Access } from '../../wire/service';
import { queueDoesNotExist } from './faults';
import { MessageMover } from './message-mover';
import type { Queue } from './model';
import { arnOfUrl } from './queue-address';
import { QueueEncryption } from './queue-encryption';
import { QueueGauges } from './queue-gauges';
import { SqsStore } from './store';
import { WaitingReceivers } from './waiting-receivers';

/** What every action of SQS works with. */
export class Sqs {
  readonly store: SqsStore;
  readonly receivers: WaitingReceivers;
  readonly gauges: QueueGauges;
  readonly mover: MessageMover;
  readonly encryption: QueueEncryption;

  constructor(readonly host: Host) {
    this.store = new SqsStore(host.journal, host.kernel.clock.now());
    this.receivers = new WaitingReceivers(host.kernel.clock, (name) => {
      const queue = this.store.queue(name);
      return queue && this.store.nextVisibleAtMs(queue);
    });
    this.gauges = new QueueGauges(host, this.store);
    this.mover = new MessageMover(host, this.store, this.receivers);
    this.encryption = new QueueEncryption(host);
  }

  /** Goes on with what an earlier process left: its move tasks, and the levels of queues that are in use. */
  resume(): void {
    for (const queue of this.store.all()) this.gauges.used(queue.name);
    this.mover.resume();
  }

  now(): number {
    return this.host.kernel.clock.now();
  }

  /** The queue of a request. Throws QueueDoesNotExist, InvalidAddress, MissingParameter. */
  queueOf(input: { QueueUrl?: string }): Queue {
    const queue = this.store.queueByArn(arnOfUrl(this.host, input.QueueUrl));
    if (!queue) throw queueDoesNotExist();
    this.gauges.used(queue.name);
    return queue;
  }

  /** The access of an action on the queue of a request. */
  accessOn(action: string): (input: { QueueUrl?: string }) => Access[] {
    return (input) => [{ action: `sqs:${action}`, resource: arnOfUrl(this.host, input.QueueUrl) }];
  }

  /** Adds to a count of a queue. */
  count(queue: Queue, metric: string, value = 1, unit = 'Count'): void {
    this.host.metric('AWS/SQS', metric, { QueueName: queue.name }, value, unit);
  }
}
