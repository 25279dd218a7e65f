/**
 * Owns when schedules run: keeps the next time of each on the agenda, and starts its invocation then.
 *
 * Invariants
 * 1. A schedule that is enabled and has a next time is on the agenda exactly once; no other is.
 * 2. Of the times that pass while the machine sleeps, or no process runs, the first is late and the others are not made up for.
 */
import type { Host } from '../../wire/host';
import { Agenda } from './agenda';
import { Invoker } from './invoker';
import type { Invocation, Schedule, ScheduleDefinition } from './model';
import { type Occurrences, occurrencesOf } from './occurrences';
import type { SchedulerStore } from './store';

const MINUTE_MS = 60_000;

/** The schedules in time. */
export class Timetable {
  private readonly agenda: Agenda;
  private readonly invoker: Invoker;
  /** Read once: expressions and time zones cost more to read than to ask. */
  private readonly occurrences = new WeakMap<ScheduleDefinition, Occurrences>();

  constructor(
    private readonly host: Host,
    private readonly store: SchedulerStore,
    groupArn: (name: string) => string,
  ) {
    this.agenda = new Agenda(host.kernel.clock, (id) => this.run(id));
    this.invoker = new Invoker({
      host,
      store,
      groupArn,
      again: (invocation, atMs) => this.agenda.put(`invocation ${invocation.executionId}`, atMs),
      ended: (invocation) => this.ended(invocation),
    });
  }

  /** To be called when a schedule was made or changed: it starts anew. */
  changed(schedule: Schedule): void {
    this.removed(schedule);
    this.store.setNext(schedule, undefined);
    if (schedule.definition.state === 'DISABLED') return;
    // From the moment it was written: a clock that has gone on since would skip the first beat of a rate.
    this.plan(schedule, schedule.modifiedAtMs - 1);
    if (schedule.nextScheduledAtMs !== undefined) return;
    this.host.warn(`Scheduler: schedule ${schedule.name} never runs: ${schedule.definition.expression} has passed`);
  }

  /** To be called when a schedule is no more. */
  removed(schedule: Schedule): void {
    this.agenda.remove(agendaId(schedule));
  }

  /**
   * Takes up the schedules and invocations that an earlier process left. A time that passed meanwhile is late, not lost; of
   * several times of one schedule the first counts, as after a sleep of the machine.
   */
  resume(): void {
    for (const schedule of this.store.schedules()) {
      if (schedule.nextScheduledAtMs !== undefined && schedule.definition.state === 'ENABLED')
        this.putOnAgenda(schedule);
    }
    for (const { executionId } of this.store.invocations.all())
      this.agenda.put(`invocation ${executionId}`, this.now());
  }

  stop(): void {
    this.agenda.stop();
  }

  private plan(schedule: Schedule, afterMs: number): void {
    const { definition } = schedule;
    const occurrences = this.occurrences.get(definition) ?? occurrencesOf(definition, schedule.modifiedAtMs);
    this.occurrences.set(definition, occurrences);
    const nextMs = occurrences(afterMs);
    this.store.setNext(schedule, nextMs);
    if (nextMs !== undefined) this.putOnAgenda(schedule);
  }

  private putOnAgenda(schedule: Schedule): void {
    const { Mode, MaximumWindowInMinutes = 0 } = schedule.definition.window;
    const windowMs = Mode === 'FLEXIBLE' ? MaximumWindowInMinutes * MINUTE_MS : 0;
    const delayMs = windowMs > 0 ? Math.floor(this.host.kernel.random.next() * windowMs) : 0;
    this.agenda.put(agendaId(schedule), schedule.nextScheduledAtMs! + delayMs);
  }

  private run(id: string): void {
    const [kind, key = ''] = id.split(' ');
    if (kind === 'invocation') {
      const invocation = this.store.invocations.find(key);
      if (invocation) void this.invoker.attempt(invocation);
      return;
    }
    const [groupName = '', name = ''] = key.split('/');
    const schedule = this.store.findSchedule(groupName, name);
    if (schedule) this.fire(schedule, schedule.nextScheduledAtMs!);
  }

  private fire(schedule: Schedule, scheduledAtMs: number): void {
    const { definition } = schedule;
    // In a flexible window the next time may have come already.
    this.plan(schedule, definition.window.Mode === 'FLEXIBLE' ? scheduledAtMs : this.now());
    const isLast = schedule.nextScheduledAtMs === undefined;
    const invocation: Invocation = {
      executionId: this.host.kernel.random.bytes(8).toString('hex'),
      scheduleName: schedule.name,
      scheduleArn: schedule.arn,
      groupName: schedule.groupName,
      target: definition.target,
      scheduledAtMs,
      startedAtMs: this.now(),
      attempts: 0,
      deletesScheduleOfMs: isLast && definition.actionAfterCompletion === 'DELETE' ? schedule.createdAtMs : undefined,
    };
    this.store.invocations.add(invocation);
    void this.invoker.attempt(invocation);
  }

  /** The schedule goes with its last invocation, unless it was changed or made anew meanwhile. */
  private ended({ groupName, scheduleName, deletesScheduleOfMs }: Invocation): void {
    if (deletesScheduleOfMs === undefined) return;
    const schedule = this.store.findSchedule(groupName, scheduleName);
    const isTheSame = schedule?.createdAtMs === deletesScheduleOfMs && schedule.nextScheduledAtMs === undefined;
    if (isTheSame) this.store.deleteSchedule(schedule);
  }

  private now(): number {
    return this.host.kernel.clock.now();
  }
}

function agendaId({ groupName, name }: Schedule): string {
  return `schedule ${groupName}/${name}`;
}
