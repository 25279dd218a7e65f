import type { Clock, Timer } from '../../kernel/clock';
import { TimeHeap } from '../../kernel/time-heap';

/** What is due when, by id: one timer of the clock for all of it. */
export class Agenda {
  private readonly dueAtMs = new Map<string, number>();
  private readonly heap = new TimeHeap((id, atMs) => this.dueAtMs.get(id) === atMs);
  private isStopped = false;
  private armed: { readonly atMs: number; readonly timer: Timer } | undefined;

  /** `run` is told of each id once, when its time has come. */
  constructor(
    private readonly clock: Clock,
    private readonly run: (id: string) => void,
  ) {}

  /** Sets when an id is due, in place of when it was. */
  put(id: string, atMs: number): void {
    if (this.isStopped) return;
    this.dueAtMs.set(id, atMs);
    this.heap.push(atMs, id);
    this.arm();
  }

  remove(id: string): void {
    this.dueAtMs.delete(id);
  }

  /** Forgets everything, and takes nothing more. */
  stop(): void {
    this.isStopped = true;
    this.armed?.timer.cancel();
    this.armed = undefined;
    this.dueAtMs.clear();
    this.heap.clear();
  }

  private arm(): void {
    const first = this.heap.peek();
    if (!first || (this.armed && this.armed.atMs <= first.atMs)) return;
    this.armed?.timer.cancel();
    this.armed = { atMs: first.atMs, timer: this.clock.schedule(first.atMs, () => this.runDue()) };
  }

  private runDue(): void {
    this.armed = undefined;
    const nowMs = this.clock.now();
    for (let entry = this.heap.takeDue(nowMs); entry; entry = this.heap.takeDue(nowMs)) {
      this.dueAtMs.delete(entry.id);
      this.run(entry.id);
    }
    this.arm();
  }
}
