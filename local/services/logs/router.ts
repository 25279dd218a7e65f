import type { Host } from '../../wire/host';
import type { Action, Service } from '../../wire/service';
import { createLogGroup } from './actions/create-log-group';
import { createLogStream } from './actions/create-log-stream';
import { deleteLogGroup } from './actions/delete-log-group';
import { deleteLogStream } from './actions/delete-log-stream';
import { deleteMetricFilter } from './actions/delete-metric-filter';
import { deleteResourcePolicy } from './actions/delete-resource-policy';
import { deleteRetentionPolicy } from './actions/delete-retention-policy';
import { describeLogGroups } from './actions/describe-log-groups';
import { describeLogStreams } from './actions/describe-log-streams';
import { describeMetricFilters } from './actions/describe-metric-filters';
import { describeQueries } from './actions/describe-queries';
import { describeResourcePolicies } from './actions/describe-resource-policies';
import { filterLogEvents } from './actions/filter-log-events';
import { getLogEvents } from './actions/get-log-events';
import { getQueryResults } from './actions/get-query-results';
import { listTagsForResource } from './actions/list-tags-for-resource';
import { putLogEvents } from './actions/put-log-events';
import { putMetricFilter } from './actions/put-metric-filter';
import { putResourcePolicy } from './actions/put-resource-policy';
import { putRetentionPolicy } from './actions/put-retention-policy';
import { startQuery } from './actions/start-query';
import { stopQuery } from './actions/stop-query';
import { tagResource } from './actions/tag-resource';
import { testMetricFilter } from './actions/test-metric-filter';
import { untagResource } from './actions/untag-resource';
import { QueryDesk } from './insights/query-desk';
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
  DeleteMetricFilter: deleteMetricFilter,
  DeleteResourcePolicy: deleteResourcePolicy,
  DescribeMetricFilters: describeMetricFilters,
  DescribeResourcePolicies: describeResourcePolicies,
  PutMetricFilter: putMetricFilter,
  PutResourcePolicy: putResourcePolicy,
  TestMetricFilter: testMetricFilter,
  StartQuery: startQuery,
  GetQueryResults: getQueryResults,
  StopQuery: stopQuery,
  DescribeQueries: describeQueries,
};

/** The embedded CloudWatch Logs. */
export function createLogsService(host: Host): Service {
  const parts: LogsParts = { host, store: new LogsStore(host.journal), queries: new QueryDesk() };
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
