/** Owns all state of Scheduler: groups, schedules, and invocations under way. */
import { groupDoesNotExist, scheduleDoesNotExist } from './faults';
import type { Invocation, Schedule, ScheduleDefinition, ScheduleGroup } from './model';

/** The state of Scheduler. */
export class SchedulerStore {
  private readonly groups = new Map<string, { group: ScheduleGroup; schedules: Map<string, Schedule> }>();
  private readonly invocations = new Map<string, Invocation>();

  /** Throws ResourceNotFoundException. */
  group(name: string): ScheduleGroup {
    return this.entry(name).group;
  }

  findGroup(name: string): ScheduleGroup | undefined {
    return this.groups.get(name)?.group;
  }

  /** By name. */
  allGroups(): ScheduleGroup[] {
    return [...this.groups.values()].map(({ group }) => group).sort(byName);
  }

  addGroup(group: ScheduleGroup): void {
    this.groups.set(group.name, { group, schedules: new Map() });
  }

  /** Deletes a group with its schedules. */
  deleteGroup(name: string): void {
    this.groups.delete(name);
  }

  setTags(group: ScheduleGroup, tags: Record<string, string>, nowMs: number): void {
    Object.assign(group, { tags, modifiedAtMs: nowMs });
  }

  /** Throws ResourceNotFoundException for a group or a schedule that is not there. */
  schedule(groupName: string, name: string): Schedule {
    const schedule = this.entry(groupName).schedules.get(name);
    if (!schedule) throw scheduleDoesNotExist(name);
    return schedule;
  }

  findSchedule(groupName: string, name: string): Schedule | undefined {
    return this.groups.get(groupName)?.schedules.get(name);
  }

  /** By group, then by name; of one group when it is named. */
  schedules(groupName?: string): Schedule[] {
    const groups = groupName === undefined ? this.allGroups() : [this.group(groupName)];
    return groups.flatMap(({ name }) => [...this.entry(name).schedules.values()].sort(byName));
  }

  scheduleCount(): number {
    return [...this.groups.values()].reduce((sum, { schedules }) => sum + schedules.size, 0);
  }

  addSchedule(schedule: Schedule): void {
    this.entry(schedule.groupName).schedules.set(schedule.name, schedule);
  }

  changeSchedule(schedule: Schedule, definition: ScheduleDefinition, nowMs: number): void {
    Object.assign(schedule, { definition, modifiedAtMs: nowMs });
  }

  setNext(schedule: Schedule, scheduledAtMs: number | undefined): void {
    schedule.nextScheduledAtMs = scheduledAtMs;
  }

  deleteSchedule(schedule: Schedule): void {
    this.entry(schedule.groupName).schedules.delete(schedule.name);
  }

  addInvocation(invocation: Invocation): void {
    this.invocations.set(invocation.executionId, invocation);
  }

  invocation(executionId: string): Invocation | undefined {
    return this.invocations.get(executionId);
  }

  countAttempt(invocation: Invocation): void {
    invocation.attempts++;
  }

  endInvocation(invocation: Invocation): void {
    this.invocations.delete(invocation.executionId);
  }

  private entry(name: string) {
    const entry = this.groups.get(name);
    if (!entry) throw groupDoesNotExist(name);
    return entry;
  }
}

function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}
