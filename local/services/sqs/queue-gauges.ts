/**
 * Owns the metrics of a queue that are levels, not counts: SQS publishes them every minute for as long as a queue is
 * active. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
import type { Host } from '../../wire/host';
import type { SqsStore } from './store';

const MINUTE_MS = 60_000;
/** A queue that nobody used for so long is no longer active, unless there are messages in it. */
const ACTIVE_MS = 6 * 60 * MINUTE_MS;

/** Publishes the levels of every active queue once a minute. */
export class QueueGauges {
  private readonly usedAtMs = new Map<string, number>();
  private isStopped = false;

  constructor(
    private readonly host: Host,
    private readonly store: SqsStore,
  ) {}

  /** Keeps a queue active, from a call that used it. */
  used(queueName: string): void {
    const isActive = this.usedAtMs.has(queueName);
    this.usedAtMs.set(queueName, this.host.kernel.clock.now());
    if (!isActive) this.schedule(queueName);
  }

  stop(): void {
    this.isStopped = true;
  }

  private schedule(queueName: string): void {
    const { clock } = this.host.kernel;
    clock.schedule((Math.floor(clock.now() / MINUTE_MS) + 1) * MINUTE_MS, () => this.publish(queueName));
  }

  private publish(queueName: string): void {
    const nowMs = this.host.kernel.clock.now();
    const queue = this.store.queue(queueName);
    const counts = queue && this.store.counts(queue, nowMs);
    const isActive = counts && (hasMessages(counts) || nowMs - this.usedAtMs.get(queueName)! <= ACTIVE_MS);
    if (this.isStopped || !isActive) {
      this.usedAtMs.delete(queueName);
      return;
    }
    const record = (name: string, value: number, unit: string) =>
      this.host.metric('AWS/SQS', name, { QueueName: queueName }, value, unit);
    record('ApproximateNumberOfMessagesVisible', counts.visible, 'Count');
    record('ApproximateNumberOfMessagesNotVisible', counts.inFlight, 'Count');
    record('ApproximateNumberOfMessagesDelayed', counts.delayed, 'Count');
    const oldestMs = this.store.oldestSentAtMs(queue, nowMs);
    record(
      'ApproximateAgeOfOldestMessage',
      oldestMs === undefined ? 0 : Math.floor((nowMs - oldestMs) / 1000),
      'Seconds',
    );
    this.schedule(queueName);
  }
}

function hasMessages(counts: { visible: number; inFlight: number; delayed: number }): boolean {
  return counts.visible + counts.inFlight + counts.delayed > 0;
}
