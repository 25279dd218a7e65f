import type { Host } from '../../wire/host';
import type { Service } from '../../wire/service';
import { createSchedule } from './actions/create-schedule';
import { createScheduleGroup } from './actions/create-schedule-group';
import { deleteSchedule } from './actions/delete-schedule';
import { deleteScheduleGroup } from './actions/delete-schedule-group';
import { getSchedule } from './actions/get-schedule';
import { getScheduleGroup } from './actions/get-schedule-group';
import { listScheduleGroups } from './actions/list-schedule-groups';
import { listSchedules } from './actions/list-schedules';
import { listTagsForResource } from './actions/list-tags-for-resource';
import { tagResource } from './actions/tag-resource';
import { untagResource } from './actions/untag-resource';
import { updateSchedule } from './actions/update-schedule';
import { scheduleResource } from './resources/schedule';
import { scheduleGroupResource } from './resources/schedule-group';
import { schedulerRoutes } from './routes';
import { Scheduler } from './scheduler';

/** EventBridge Scheduler. See README.md for what differs from AWS. */
export function createSchedulerService(host: Host): Service {
  const scheduler = new Scheduler(host);
  return {
    name: 'scheduler',
    protocols: [{ kind: 'rest-json', routes: schedulerRoutes }],
    actions: {
      CreateSchedule: createSchedule(scheduler),
      CreateScheduleGroup: createScheduleGroup(scheduler),
      DeleteSchedule: deleteSchedule(scheduler),
      DeleteScheduleGroup: deleteScheduleGroup(scheduler),
      GetSchedule: getSchedule(scheduler),
      GetScheduleGroup: getScheduleGroup(scheduler),
      ListScheduleGroups: listScheduleGroups(scheduler),
      ListSchedules: listSchedules(scheduler),
      ListTagsForResource: listTagsForResource(scheduler),
      TagResource: tagResource(scheduler),
      UntagResource: untagResource(scheduler),
      UpdateSchedule: updateSchedule(scheduler),
    },
    resources: [scheduleResource(scheduler), scheduleGroupResource(scheduler)],
    resume: () => scheduler.timetable.resume(),
    stop: async () => scheduler.timetable.stop(),
  };
}
