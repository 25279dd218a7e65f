/** Owns all state of Scheduler: groups, schedules, and invocations under way; each change is told to the journal. */
import type { Journal, JournalCollection } from '../../kernel/journal';
import { PendingAttempts } from '../../kernel/pending-attempts';
import { groupDoesNotExist, scheduleDoesNotExist } from './faults';
import type { Invocation, Schedule, ScheduleDefinition, ScheduleGroup } from './model';

/** The state of Scheduler. */
export class SchedulerStore {
  readonly invocations: PendingAttempts<Invocation>;
  private readonly groups = new Map<string, { group: ScheduleGroup; schedules: Map<string, Schedule> }>();
  private readonly groupRecords: JournalCollection<ScheduleGroup>;
  private readonly scheduleRecords: JournalCollection<Schedule>;

  constructor(journal: Journal) {
    this.groupRecords = journal.collection('scheduler.groups');
    this.scheduleRecords = journal.collection('scheduler.schedules');
    this.invocations = new PendingAttempts(journal, 'scheduler.invocations', ({ executionId }) => executionId);
    for (const [name, group] of this.groupRecords.restored()) this.groups.set(name, { group, schedules: new Map() });
    for (const [, schedule] of this.scheduleRecords.restored()) {
      this.entry(schedule.groupName).schedules.set(schedule.name, schedule);
    }
  }

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
    this.groupRecords.put(group.name, group);
  }

  /** Deletes a group with its schedules. */
  deleteGroup(name: string): void {
    for (const { arn } of this.schedules(name)) this.scheduleRecords.delete(arn);
    this.groups.delete(name);
    this.groupRecords.delete(name);
  }

  setTags(group: ScheduleGroup, tags: Record<string, string>, nowMs: number): void {
    Object.assign(group, { tags, modifiedAtMs: nowMs });
    this.groupRecords.put(group.name, group);
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
    this.scheduleRecords.put(schedule.arn, schedule);
  }

  changeSchedule(schedule: Schedule, definition: ScheduleDefinition, nowMs: number): void {
    Object.assign(schedule, { definition, modifiedAtMs: nowMs });
    this.scheduleRecords.put(schedule.arn, schedule);
  }

  setNext(schedule: Schedule, scheduledAtMs: number | undefined): void {
    schedule.nextScheduledAtMs = scheduledAtMs;
    this.scheduleRecords.put(schedule.arn, schedule);
  }

  deleteSchedule(schedule: Schedule): void {
    this.entry(schedule.groupName).schedules.delete(schedule.name);
    this.scheduleRecords.delete(schedule.arn);
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
