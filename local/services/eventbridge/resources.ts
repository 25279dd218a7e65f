import type { PropertySpec, ResourceProvider, ResourceResult } from '../../wire/resource-provider';
import { addBus } from './actions/create-event-bus';
import { removeBus } from './actions/delete-event-bus';
import { addRule } from './actions/put-rule';
import { mergeTargets } from './actions/put-targets';
import { putStatement, removeStatement } from './bus-policy';
import type { EventBridge } from './event-bridge';
import type { Bus, Rule, Target } from './model';

const TAGS = { inert: 'tags of buses and rules are not read back by anything emulated' } as const;

/** `AWS::Events::EventBus`: Ref is the name; attributes Arn, Name. */
export function eventBusResource(bridge: EventBridge): ResourceProvider {
  const resultOf = (bus: Bus): ResourceResult => ({
    physicalId: bus.name,
    attributes: { Arn: bus.arn, Name: bus.name },
  });
  const applyPolicy = (bus: Bus, policy: any) => {
    if (policy === undefined) return;
    bridge.store.changeBus(bus, { policy: typeof policy === 'string' ? JSON.parse(policy) : policy }, bridge.now());
  };
  return {
    type: 'AWS::Events::EventBus',
    properties: {
      Name: 'emulated',
      Description: 'emulated',
      Policy: 'emulated',
      DeadLetterConfig: { inert: 'it takes events that could not be encrypted, and nothing is encrypted here' },
      KmsKeyIdentifier: { inert: 'encryption at rest: events live in the memory of this process' },
      LogConfig: { inert: 'the logs of a bus go to deliveries that a template sets up apart, which are not emulated' },
      Tags: TAGS,
    },
    create: (properties) => {
      const bus = addBus(bridge, properties);
      applyPolicy(bus, properties.Policy);
      return resultOf(bus);
    },
    update: (physicalId, properties, previous) => {
      if (properties.Name !== previous.Name) {
        const bus = addBus(bridge, properties);
        applyPolicy(bus, properties.Policy);
        return resultOf(bus);
      }
      const bus = bridge.store.bus(physicalId);
      bridge.store.changeBus(bus, { description: properties.Description }, bridge.now());
      applyPolicy(bus, properties.Policy);
      return resultOf(bus);
    },
    delete: (physicalId) => removeBus(bridge, physicalId),
  };
}

const TARGET_PROPERTIES: PropertySpec = {
  Id: 'emulated',
  Arn: 'emulated',
  RoleArn: 'emulated',
  Input: 'emulated',
  InputPath: 'emulated',
  InputTransformer: { members: { InputPathsMap: 'emulated', InputTemplate: 'emulated' } },
  SqsParameters: { members: { MessageGroupId: 'emulated' } },
  DeadLetterConfig: { members: { Arn: 'emulated' } },
  RetryPolicy: { members: { MaximumRetryAttempts: 'emulated', MaximumEventAgeInSeconds: 'emulated' } },
};

/** `AWS::Events::Rule`: Ref is the name, behind `BUS|` on a custom bus; attribute Arn. */
export function ruleResource(bridge: EventBridge): ResourceProvider {
  const put = (name: string, properties: any): ResourceResult => {
    const targets = mergeTargets({}, ((properties.Targets ?? []) as Target[]).map(withNumbers));
    const rule = addRule(bridge, {
      Name: name,
      EventBusName: properties.EventBusName,
      EventPattern: properties.EventPattern && textOf(properties.EventPattern),
      ScheduleExpression: properties.ScheduleExpression,
      State: properties.State,
      Description: properties.Description,
      RoleArn: properties.RoleArn,
    });
    bridge.store.setTargets(rule, targets);
    const physicalId = rule.busName === 'default' ? name : `${rule.busName}|${name}`;
    return { physicalId, attributes: { Arn: rule.arn } };
  };
  const removeRule = (rule: Rule) => {
    bridge.store.deleteRule(rule);
    bridge.schedules.removed(rule);
  };
  const split = (physicalId: string): [string, string] => {
    const [first, second] = physicalId.split('|');
    return second === undefined ? ['default', first!] : [first!, second];
  };
  return {
    type: 'AWS::Events::Rule',
    properties: {
      Name: 'emulated',
      Description: 'emulated',
      EventBusName: 'emulated',
      EventPattern: 'emulated',
      ScheduleExpression: 'emulated',
      State: 'emulated',
      RoleArn: 'emulated',
      Targets: { members: TARGET_PROPERTIES },
      Tags: TAGS,
    },
    create: (properties, context) => put(properties.Name ?? context.generateName(64), properties),
    update: (physicalId, properties, previous, context) => {
      const isSame = properties.Name === previous.Name && properties.EventBusName === previous.EventBusName;
      const name = isSame ? split(physicalId)[1] : (properties.Name ?? context.generateName(64));
      return put(name, properties);
    },
    delete: (physicalId) => {
      const [busName, name] = split(physicalId);
      const rule = bridge.store.findBus(busName) && bridge.store.findRule(busName, name);
      if (rule) removeRule(rule);
    },
  };
}

/** `AWS::Events::EventBusPolicy`: one statement of a bus's policy. Ref is the statement's id. */
export function eventBusPolicyResource(bridge: EventBridge): ResourceProvider {
  const put = (properties: any): ResourceResult => {
    const bus = bridge.store.bus(bridge.busName(properties.EventBusName));
    const { StatementId: Sid, Statement: statement } = properties;
    putStatement(
      bridge,
      bus,
      statement
        ? { Sid, ...(typeof statement === 'string' ? JSON.parse(statement) : statement) }
        : {
            Sid,
            Effect: 'Allow',
            Principal: properties.Principal === '*' ? '*' : { AWS: `arn:aws:iam::${properties.Principal}:root` },
            Action: properties.Action,
            Resource: bus.arn,
          },
    );
    return { physicalId: Sid };
  };
  return {
    type: 'AWS::Events::EventBusPolicy',
    properties: {
      EventBusName: 'emulated',
      StatementId: 'emulated',
      Statement: 'emulated',
      Action: 'emulated',
      Principal: 'emulated',
    },
    create: put,
    update: (_physicalId, properties) => put(properties),
    delete: (physicalId, properties) => {
      const bus = bridge.store.findBus(bridge.busName(properties.EventBusName));
      if (bus) removeStatement(bridge, bus, physicalId);
    },
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Templates may write numbers as strings. */
function withNumbers(target: Target): Target {
  if (!target.RetryPolicy) return target;
  const numbers = Object.entries(target.RetryPolicy).map(([name, value]) => [name, Number(value)]);
  return { ...target, RetryPolicy: Object.fromEntries(numbers) };
}
