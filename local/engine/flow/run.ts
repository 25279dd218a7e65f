import type { Command, Environment, HistoryEvent } from '../contract';
import type { StateError } from '../errors/state-error';
import { emptyEvent } from '../history/event';
import type { ExecutionState, Thread, Timer } from '../model/execution';
import type { Flow, Machine, State } from '../model/machine';
import type { Payload } from '../model/payload';

/** https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html: events in the history of an execution. */
export const HISTORY_LIMIT = 25_000;

/** Thrown through everything when the history is full; the execution then fails with the last event it may have. */
export class HistoryFull extends Error {}

/** A thread that has come to its end, with what it gives. */
export type Ended =
  | { readonly thread: Thread; readonly output: Payload }
  | { readonly thread: Thread; readonly failure: StateError };

/** What one `advance` works with, and what it gives: lives no longer than that. */
export class Run {
  readonly events: HistoryEvent[] = [];
  readonly commands: Command[] = [];
  /** Threads that ended and whose parents, or the execution, have not been told. */
  readonly ended: Ended[] = [];
  stepsLeft: number;
  private readonly lastEvent: number;

  constructor(
    readonly machine: Machine,
    readonly execution: ExecutionState,
    readonly environment: Environment,
    readonly nowMs: number,
  ) {
    this.stepsLeft = environment.budget ?? 10_000;
    this.lastEvent = execution.type === 'STANDARD' ? HISTORY_LIMIT - 1 : Number.POSITIVE_INFINITY;
  }

  /** The id and time of a new event; the caller pushes the event that carries them. */
  nextEventId(): number {
    if (this.execution.lastEventId >= this.lastEvent) throw new HistoryFull();
    return ++this.execution.lastEventId;
  }

  /** Adds an event caused by the thread's last one, which it becomes. */
  emit(thread: Thread, type: string, detailsName?: string, details?: object): number {
    const id = this.emitAside(thread.lastEventId, type, detailsName, details);
    thread.lastEventId = id;
    return id;
  }

  /** Adds an event that is not the cause of what follows in any thread. */
  emitAside(causeId: number, type: string, detailsName?: string, details?: object): number {
    const event = emptyEvent(this.nextEventId(), causeId, this.nowMs, type);
    if (detailsName) (event as unknown as Record<string, unknown>)[detailsName] = details;
    this.events.push(event);
    return event.id;
  }

  /** Asks the driver for a timer. */
  startTimer(atMs: number, { purpose, threadId }: Omit<Timer, 'atMs'>): string {
    const timerId = String(++this.execution.lastTimerId);
    this.execution.timers[timerId] = { atMs, purpose, threadId };
    this.commands.push({ kind: 'startTimer', timerId, atMs });
    return timerId;
  }

  cancelTimer(timerId: string | undefined): void {
    if (timerId === undefined || !Object.hasOwn(this.execution.timers, timerId)) return;
    delete this.execution.timers[timerId];
    this.commands.push({ kind: 'cancelTimer', timerId });
  }

  /** Puts a thread in the line of those that have something to do. */
  wake(thread: Thread): void {
    this.execution.ready.push(thread.id);
  }

  flowOf(thread: Thread): Flow {
    return this.machine.flows.get(thread.flow)!;
  }

  stateOf(thread: Thread): State {
    return this.flowOf(thread).states.get(thread.state)!;
  }

  parentOf(thread: Thread): Thread | undefined {
    return thread.parentId === undefined ? undefined : this.execution.threads[thread.parentId];
  }

  get isOver(): boolean {
    return this.execution.status !== 'RUNNING';
  }
}
