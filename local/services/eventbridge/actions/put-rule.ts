import type { Action } from '../../../wire/service';
import { managedRule } from '../archive/faults';
import type { EventBridge } from '../event-bridge';
import { constraint, validation } from '../faults';
import type { Rule } from '../model';
import { parseSchedule } from '../schedule';

/** The input of PutRule. */
export interface PutRuleInput {
  readonly Name?: string;
  readonly EventBusName?: string;
  readonly EventPattern?: string;
  readonly ScheduleExpression?: string;
  readonly State?: string;
  readonly Description?: string;
  readonly RoleArn?: string;
}

/** Creates a rule or changes the one of that name; its targets stay. */
export function addRule(bridge: EventBridge, input: PutRuleInput): Rule {
  const { Name: name, EventPattern: eventPattern, ScheduleExpression: scheduleExpression, State = 'ENABLED' } = input;
  if (!name || !/^[.\-_A-Za-z0-9]{1,64}$/.test(name)) {
    throw constraint('name', name, 'satisfy regular expression pattern: [\\.\\-_A-Za-z0-9]+, with 1 to 64 characters');
  }
  const bus = bridge.store.bus(bridge.busName(input.EventBusName));
  if (eventPattern === undefined && scheduleExpression === undefined) {
    throw validation('Parameter(s) EventPattern or ScheduleExpression must be specified.');
  }
  if (eventPattern !== undefined && eventPattern.length > 4096) {
    throw constraint('eventPattern', eventPattern, 'have length less than or equal to 4096');
  }
  if (scheduleExpression !== undefined) {
    if (bus.name !== 'default') throw validation('ScheduleExpression is supported only on the default event bus.');
    parseSchedule(scheduleExpression);
  }
  if (State !== 'ENABLED' && State !== 'DISABLED') {
    throw constraint('state', State, 'satisfy enum value set: [DISABLED, ENABLED] (others are not emulated)');
  }
  const present = bridge.store.findRule(bus.name, name);
  if (present?.archiveName !== undefined) throw managedRule();
  const rule: Rule = {
    name,
    arn: bridge.ruleArn(bus.name, name),
    busName: bus.name,
    eventPattern,
    scheduleExpression,
    state: State,
    description: input.Description,
    roleArn: input.RoleArn,
    targets: present?.targets ?? {},
  };
  bridge.store.putRule(rule);
  bridge.schedules.changed(rule);
  return rule;
}

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutRule.html */
export function putRule(bridge: EventBridge): Action<PutRuleInput> {
  return {
    access: bridge.accessOnRule('PutRule'),
    handle: (input) => ({ RuleArn: addRule(bridge, input).arn }),
  };
}
