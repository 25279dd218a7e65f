import type { Host } from '../../wire/host';
import type { Service } from '../../wire/service';
import { cancelReplay } from './actions/cancel-replay';
import { createArchive } from './actions/create-archive';
import { createConnection } from './actions/create-connection';
import { createEventBus } from './actions/create-event-bus';
import { deleteArchive } from './actions/delete-archive';
import { deleteConnection } from './actions/delete-connection';
import { deleteEventBus } from './actions/delete-event-bus';
import { deleteRule } from './actions/delete-rule';
import { describeArchive } from './actions/describe-archive';
import { describeConnection } from './actions/describe-connection';
import { describeEventBus } from './actions/describe-event-bus';
import { describeReplay } from './actions/describe-replay';
import { describeRule } from './actions/describe-rule';
import { disableRule } from './actions/disable-rule';
import { enableRule } from './actions/enable-rule';
import { listArchives } from './actions/list-archives';
import { listConnections } from './actions/list-connections';
import { listEventBuses } from './actions/list-event-buses';
import { listReplays } from './actions/list-replays';
import { listRuleNamesByTarget } from './actions/list-rule-names-by-target';
import { listRules } from './actions/list-rules';
import { listTargetsByRule } from './actions/list-targets-by-rule';
import { putEvents } from './actions/put-events';
import { putPermission } from './actions/put-permission';
import { putRule } from './actions/put-rule';
import { putTargets } from './actions/put-targets';
import { removePermission } from './actions/remove-permission';
import { removeTargets } from './actions/remove-targets';
import { retrieveConnectionCredentials } from './actions/retrieve-connection-credentials';
import { startReplay } from './actions/start-replay';
import { testEventPattern } from './actions/test-event-pattern';
import { updateArchive } from './actions/update-archive';
import { archiveResource } from './archive/archive-resource';
import { connectionResource } from './connection-resource';
import { ConnectionStore } from './connection-store';
import { EventBridge } from './event-bridge';
import { eventBusPolicyResource, eventBusResource, ruleResource } from './resources';

/** EventBridge: buses, rules, delivery. See README.md for what differs from AWS. */
export function createEventBridgeService(host: Host): Service {
  const bridge = new EventBridge(host);
  const connections = new ConnectionStore(host.journal);
  return {
    name: 'events',
    protocols: [{ kind: 'json', version: '1.1', target: 'AWSEvents' }],
    actions: {
      CancelReplay: cancelReplay(bridge),
      CreateArchive: createArchive(bridge),
      CreateConnection: createConnection(host, connections),
      CreateEventBus: createEventBus(bridge),
      DeleteArchive: deleteArchive(bridge),
      DeleteConnection: deleteConnection(host, connections),
      DeleteEventBus: deleteEventBus(bridge),
      DeleteRule: deleteRule(bridge),
      DescribeArchive: describeArchive(bridge),
      DescribeConnection: describeConnection(host, connections),
      DescribeEventBus: describeEventBus(bridge),
      DescribeReplay: describeReplay(bridge),
      DescribeRule: describeRule(bridge),
      DisableRule: disableRule(bridge),
      EnableRule: enableRule(bridge),
      ListArchives: listArchives(bridge),
      ListConnections: listConnections(host, connections),
      ListEventBuses: listEventBuses(bridge),
      ListReplays: listReplays(bridge),
      ListRuleNamesByTarget: listRuleNamesByTarget(bridge),
      ListRules: listRules(bridge),
      ListTargetsByRule: listTargetsByRule(bridge),
      PutEvents: putEvents(bridge),
      PutPermission: putPermission(bridge),
      PutRule: putRule(bridge),
      PutTargets: putTargets(bridge),
      RemovePermission: removePermission(bridge),
      RemoveTargets: removeTargets(bridge),
      RetrieveConnectionCredentials: retrieveConnectionCredentials(connections),
      StartReplay: startReplay(bridge),
      TestEventPattern: testEventPattern(),
      UpdateArchive: updateArchive(bridge),
    },
    resources: [
      eventBusResource(bridge),
      ruleResource(bridge),
      eventBusPolicyResource(bridge),
      connectionResource(host, connections),
      archiveResource(bridge),
    ],
    resourcePolicy: (arn) => bridge.store.busByArn(arn)?.policy,
    resume: () => bridge.resume(),
    stop: async () => {
      bridge.deliverer.stop();
      bridge.schedules.stop();
      bridge.replayer.stop();
    },
  };
}
