import type { Host } from '../../wire/host';
import type { Service } from '../../wire/service';
import { createConnection } from './actions/create-connection';
import { createEventBus } from './actions/create-event-bus';
import { deleteConnection } from './actions/delete-connection';
import { deleteEventBus } from './actions/delete-event-bus';
import { deleteRule } from './actions/delete-rule';
import { describeConnection } from './actions/describe-connection';
import { describeEventBus } from './actions/describe-event-bus';
import { describeRule } from './actions/describe-rule';
import { disableRule } from './actions/disable-rule';
import { enableRule } from './actions/enable-rule';
import { listConnections } from './actions/list-connections';
import { listEventBuses } from './actions/list-event-buses';
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
import { testEventPattern } from './actions/test-event-pattern';
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
      CreateConnection: createConnection(host, connections),
      CreateEventBus: createEventBus(bridge),
      DeleteConnection: deleteConnection(host, connections),
      DeleteEventBus: deleteEventBus(bridge),
      DeleteRule: deleteRule(bridge),
      DescribeConnection: describeConnection(host, connections),
      DescribeEventBus: describeEventBus(bridge),
      DescribeRule: describeRule(bridge),
      DisableRule: disableRule(bridge),
      EnableRule: enableRule(bridge),
      ListConnections: listConnections(host, connections),
      ListEventBuses: listEventBuses(bridge),
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
      TestEventPattern: testEventPattern(),
    },
    resources: [
      eventBusResource(bridge),
      ruleResource(bridge),
      eventBusPolicyResource(bridge),
      connectionResource(host, connections),
    ],
    resourcePolicy: (arn) => bridge.store.busByArn(arn)?.policy,
    resume: () => bridge.resume(),
    stop: async () => {
      bridge.deliverer.stop();
      bridge.schedules.stop();
    },
  };
}
