import { parseBody } from '../../wire/json-protocol';
import type { RestRequest, RestRoute } from '../../wire/service';

const SCHEDULE = '/schedules/{Name}';
const GROUP = '/schedule-groups/{Name}';
const TAGS = '/tags/{ResourceArn}';

/** Members that stand in the query, by the names that they have there. */
const QUERY: Readonly<Record<string, string>> = {
  groupName: 'GroupName',
  clientToken: 'ClientToken',
  ScheduleGroup: 'GroupName',
  NamePrefix: 'NamePrefix',
  State: 'State',
  NextToken: 'NextToken',
};

/** The REST-JSON routes of the Scheduler API. */
export const schedulerRoutes: readonly RestRoute[] = [
  { method: 'POST', path: SCHEDULE, action: 'CreateSchedule', read },
  { method: 'GET', path: SCHEDULE, action: 'GetSchedule', read },
  { method: 'PUT', path: SCHEDULE, action: 'UpdateSchedule', read },
  { method: 'DELETE', path: SCHEDULE, action: 'DeleteSchedule', read },
  { method: 'GET', path: '/schedules', action: 'ListSchedules', read },
  { method: 'POST', path: GROUP, action: 'CreateScheduleGroup', read },
  { method: 'GET', path: GROUP, action: 'GetScheduleGroup', read },
  { method: 'DELETE', path: GROUP, action: 'DeleteScheduleGroup', read },
  { method: 'GET', path: '/schedule-groups', action: 'ListScheduleGroups', read },
  { method: 'GET', path: TAGS, action: 'ListTagsForResource', read },
  { method: 'POST', path: TAGS, action: 'TagResource', read },
  { method: 'DELETE', path: TAGS, action: 'UntagResource', read },
];

function read({ path, query, body }: RestRequest): object {
  const input: Record<string, unknown> = { ...parseBody(body), ...path };
  for (const [name, member] of Object.entries(QUERY)) if (query.has(name)) input[member] = query.get(name)!;
  if (query.has('MaxResults')) input.MaxResults = Number(query.get('MaxResults'));
  if (query.has('TagKeys')) input.TagKeys = query.getAll('TagKeys');
  return input;
}
