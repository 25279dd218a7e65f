import type { Host } from '../../wire/host';
import type { Action, Service } from '../../wire/service';
import { createLogGroup } from './actions/create-log-group';
import { createLogStream } from './actions/create-log-stream';
import { deleteLogGroup } from './actions/delete-log-group';
import { deleteLogStream } from './actions/delete-log-stream';
import { deleteRetentionPolicy } from './actions/delete-retention-policy';
import { describeLogGroups } from './actions/describe-log-groups';
import { describeLogStreams } from './actions/describe-log-streams';
import { filterLogEvents } from './actions/filter-log-events';
import { getLogEvents } from './actions/get-log-events';
import { listTagsForResource } from './actions/list-tags-for-resource';
import { putLogEvents } from './actions/put-log-events';
import { putRetentionPolicy } from './actions/put-retention-policy';
import { tagResource } from './actions/tag-resource';
import { untagResource } from './actions/untag-resource';
import type { ActionFactory, LogsParts } from './logs-parts';
import { accountPolicy } from './resource-policy-document';
import { logsResources } from './resources';
import { LogsStore } from './store';

const ACTIONS: Record<string, ActionFactory> = {
  CreateLogGroup: createLogGroup,
  DeleteLogGroup: deleteLogGroup,
  DescribeLogGroups: describeLogGroups,
  PutRetentionPolicy: putRetentionPolicy,
  DeleteRetentionPolicy: deleteRetentionPolicy,
  CreateLogStream: createLogStream,
  DeleteLogStream: deleteLogStream,
  DescribeLogStreams: describeLogStreams,
  PutLogEvents: putLogEvents,
  GetLogEvents: getLogEvents,
  FilterLogEvents: filterLogEvents,
  ListTagsForResource: listTagsForResource,
  TagResource: tagResource,
  UntagResource: untagResource,
};

/** The embedded CloudWatch Logs. */
export function createLogsService(host: Host): Service {
  const parts: LogsParts = { host, store: new LogsStore() };
  const actions: Record<string, Action> = {};
  for (const [name, factory] of Object.entries(ACTIONS)) actions[name] = factory(parts);
  return {
    name: 'logs',
    protocols: [{ kind: 'json', version: '1.1', target: 'Logs_20140328' }],
    actions,
    resources: logsResources(parts),
    resourcePolicy: () => accountPolicy(parts.store),
  };
}
