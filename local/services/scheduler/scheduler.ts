import type { Host } from '../../wire/host';
import type { Access } from '../../wire/service';
import { ClientTokens } from './client-tokens';
import { checkName } from './constraints';
import { conflict, quotaExceeded, validation } from './faults';
import type { Schedule, ScheduleGroup } from './model';
import { readDefinition, type ScheduleRequest } from './schedule-input';
import { SchedulerStore } from './store';
import { SCHEDULER } from './target-call';
import { Timetable } from './timetable';

/** The group of schedules that name none. */
export const DEFAULT_GROUP = 'default';
/** https://docs.aws.amazon.com/scheduler/latest/UserGuide/scheduler-quotas.html */
const SCHEDULES_LIMIT = 1_000_000;
const GROUPS_LIMIT = 500;
const TAGS_LIMIT = 50;

/** What every action of Scheduler works with. */
export class Scheduler {
  readonly store: SchedulerStore;
  readonly tokens: ClientTokens;
  readonly timetable: Timetable;

  constructor(readonly host: Host) {
    this.store = new SchedulerStore(host.journal);
    this.tokens = new ClientTokens(host.journal);
    this.timetable = new Timetable(host, this.store, (name) => this.groupArn(name));
    if (!this.store.findGroup(DEFAULT_GROUP)) this.addGroup(DEFAULT_GROUP, {});
  }

  now(): number {
    return this.host.kernel.clock.now();
  }

  scheduleArn(groupName: string, name: string): string {
    return `${this.arnPrefix()}:schedule/${groupName}/${name}`;
  }

  groupArn(name: string): string {
    return `${this.arnPrefix()}:schedule-group/${name}`;
  }

  /** The access of an action on the schedule of a request. */
  accessOnSchedule(action: string): (input: { Name?: string; GroupName?: string }) => Access[] {
    return ({ Name = '', GroupName = DEFAULT_GROUP }) => [
      { action: `scheduler:${action}`, resource: this.scheduleArn(GroupName, Name) },
    ];
  }

  /** The same, and leave to hand the target's role to Scheduler. */
  accessWithRole(action: string): (input: ScheduleRequest) => Access[] {
    const onSchedule = this.accessOnSchedule(action);
    return (input) => {
      const roleArn = input.Target?.RoleArn;
      if (!roleArn) return onSchedule(input);
      const context = { 'iam:PassedToService': SCHEDULER };
      return [...onSchedule(input), { action: 'iam:PassRole', resource: roleArn, context }];
    };
  }

  /** The access of an action on the group of a request. */
  accessOnGroup(action: string): (input: { Name?: string }) => Access[] {
    return ({ Name = '' }) => [{ action: `scheduler:${action}`, resource: this.groupArn(Name) }];
  }

  /** Throws ValidationException, ResourceNotFoundException, ConflictException, ServiceQuotaExceededException. */
  addSchedule(request: ScheduleRequest): Schedule {
    const { Name: name, GroupName: groupName = DEFAULT_GROUP } = request;
    checkName('name', name);
    checkName('groupName', groupName);
    const nowMs = this.now();
    const definition = readDefinition(request, nowMs);
    this.store.group(groupName);
    if (this.store.findSchedule(groupName, name)) throw conflict(`Schedule ${name} already exists.`);
    if (this.store.scheduleCount() >= SCHEDULES_LIMIT) {
      throw quotaExceeded(`The account has its ${SCHEDULES_LIMIT} schedules already.`);
    }
    this.checkRole(definition.target.RoleArn, groupName);
    const arn = this.scheduleArn(groupName, name);
    const schedule: Schedule = { name, groupName, arn, definition, createdAtMs: nowMs, modifiedAtMs: nowMs };
    this.store.addSchedule(schedule);
    this.timetable.changed(schedule);
    return schedule;
  }

  /** Puts everything that the request says, and the defaults for what it does not. */
  changeSchedule(request: ScheduleRequest): Schedule {
    const { Name: name, GroupName: groupName = DEFAULT_GROUP } = request;
    checkName('name', name);
    checkName('groupName', groupName);
    const definition = readDefinition(request, this.now());
    const schedule = this.store.schedule(groupName, name);
    this.checkRole(definition.target.RoleArn, groupName);
    this.store.changeSchedule(schedule, definition, this.now());
    this.timetable.changed(schedule);
    return schedule;
  }

  removeSchedule(schedule: Schedule): void {
    this.timetable.removed(schedule);
    this.store.deleteSchedule(schedule);
  }

  /** Throws ValidationException, ConflictException, ServiceQuotaExceededException. */
  addGroup(name: string | undefined, tags: Record<string, string>): ScheduleGroup {
    checkName('name', name);
    if (this.store.findGroup(name)) throw conflict(`Schedule group ${name} already exists.`);
    if (this.store.allGroups().length >= GROUPS_LIMIT) {
      throw quotaExceeded(`The account has its ${GROUPS_LIMIT} schedule groups already.`);
    }
    checkTagCount(tags);
    const createdAtMs = this.now();
    const group: ScheduleGroup = { name, arn: this.groupArn(name), createdAtMs, modifiedAtMs: createdAtMs, tags };
    this.store.addGroup(group);
    return group;
  }

  /** Deletes a group and its schedules. */
  removeGroup(name: string): void {
    if (name === DEFAULT_GROUP) throw validation('The default schedule group cannot be deleted.');
    for (const schedule of this.store.schedules(name)) this.timetable.removed(schedule);
    this.store.deleteGroup(name);
  }

  setTags(group: ScheduleGroup, tags: Record<string, string>): void {
    checkTagCount(tags);
    this.store.setTags(group, tags, this.now());
  }

  /** Scheduler tries the role when a schedule is made. */
  private checkRole(roleArn: string, groupName: string): void {
    try {
      this.host.assumeRole(roleArn, SCHEDULER, 'validation', this.groupArn(groupName));
    } catch {
      throw validation('The execution role you provide must allow AWS EventBridge Scheduler to assume the role.');
    }
  }

  private arnPrefix(): string {
    return `arn:aws:scheduler:${this.host.region}:${this.host.accountId}`;
  }
}

function checkTagCount(tags: Record<string, string>): void {
  if (Object.keys(tags).length > TAGS_LIMIT) throw validation(`A schedule group has ${TAGS_LIMIT} tags at most.`);
}
