/**
 * Owns the receivers that wait for a message (long polling). A waiting receiver is served in the call that made a
 * message visible, the longest waiting first; one that has gone away takes nothing.
 */
import type { Clock, Timer } from '../../kernel/clock';

interface Waiter {
  /** Tries to take messages; true when it got any, and so waits no longer. */
  tryToTake(): boolean;
  end(): void;
}

interface QueueWaiters {
  readonly waiters: Set<Waiter>;
  wakeUp?: { readonly atMs: number; readonly timer: Timer };
}

/** Long polls in progress, by queue. */
export class WaitingReceivers {
  private readonly byQueue = new Map<string, QueueWaiters>();

  /** `nextVisibleAtMs` says when a hidden message of a queue becomes visible by itself. */
  constructor(
    private readonly clock: Clock,
    private readonly nextVisibleAtMs: (queueName: string) => number | undefined,
  ) {}

  /** Resolves with what `take` gives as soon as it gives something, or with undefined at `deadlineMs` or on abort. */
  wait<T>(
    queueName: string,
    deadlineMs: number,
    take: () => T | undefined,
    signal?: AbortSignal,
  ): Promise<T | undefined> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return resolve(undefined);
      const entry = this.byQueue.get(queueName) ?? { waiters: new Set<Waiter>() };
      this.byQueue.set(queueName, entry);
      const finish = (settle: () => void) => {
        entry.waiters.delete(waiter);
        deadline.cancel();
        signal?.removeEventListener('abort', waiter.end);
        if (entry.waiters.size === 0) this.forget(queueName, entry);
        settle();
      };
      const waiter: Waiter = {
        tryToTake: () => {
          try {
            const taken = take();
            if (taken === undefined) return false;
            finish(() => resolve(taken));
          } catch (error) {
            finish(() => reject(error));
          }
          return true;
        },
        end: () => finish(() => resolve(undefined)),
      };
      const deadline = this.clock.schedule(deadlineMs, waiter.end);
      signal?.addEventListener('abort', waiter.end);
      entry.waiters.add(waiter);
      this.arm(queueName, entry);
    });
  }

  /** To be called whenever messages of a queue arrived or their visibility changed. */
  changed(queueName: string): void {
    const entry = this.byQueue.get(queueName);
    if (!entry) return;
    for (const waiter of [...entry.waiters]) if (!waiter.tryToTake()) break;
    if (entry.waiters.size > 0) this.arm(queueName, entry);
  }

  /** Ends all waits with nothing. */
  stop(): void {
    for (const entry of [...this.byQueue.values()]) for (const waiter of [...entry.waiters]) waiter.end();
  }

  private arm(queueName: string, entry: QueueWaiters): void {
    const atMs = this.nextVisibleAtMs(queueName);
    if (atMs === entry.wakeUp?.atMs) return;
    entry.wakeUp?.timer.cancel();
    entry.wakeUp =
      atMs === undefined
        ? undefined
        : {
            atMs,
            timer: this.clock.schedule(atMs, () => {
              entry.wakeUp = undefined;
              this.changed(queueName);
            }),
          };
  }

  private forget(queueName: string, entry: QueueWaiters): void {
    entry.wakeUp?.timer.cancel();
    entry.wakeUp = undefined;
    if (this.byQueue.get(queueName) === entry) this.byQueue.delete(queueName);
  }
}
