import type { ResourceContext, ResourceProvider } from '../../../wire/resource-provider';
import type { CloudWatchParts } from '../cloudwatch-parts';
import { type MuteRuleInput, newMuteRule } from './new-mute-rule';

const LONGEST_NAME = 255;

/** `AWS::CloudWatch::AlarmMuteRule`: `Ref` is the rule's ARN; attributes `Arn`, `Status`, `MuteType`, `LastUpdatedTimestamp`. */
export function muteRuleResource(parts: CloudWatchParts): ResourceProvider<MuteRuleInput> {
  const set = (Name: string, properties: MuteRuleInput) => {
    const rule = newMuteRule(parts, { ...properties, Name });
    parts.alarms.mutes.put(rule);
    return { physicalId: rule.arn, attributes: { Arn: rule.arn } };
  };
  const create = (properties: MuteRuleInput, context: ResourceContext) =>
    set(properties.Name ?? context.generateName(LONGEST_NAME), properties);
  const nameOf = (arn: string) => arn.split(':').slice(6).join(':');
  return {
    type: 'AWS::CloudWatch::AlarmMuteRule',
    properties: {
      Name: 'emulated',
      Description: 'emulated',
      ExpireDate: 'emulated',
      MuteTargets: { members: { AlarmNames: 'emulated' } },
      Rule: {
        members: { Schedule: { members: { Duration: 'emulated', Expression: 'emulated', Timezone: 'emulated' } } },
      },
      StartDate: 'emulated',
      Tags: 'emulated',
    },
    create,
    update: (physicalId, properties, previous, context) =>
      properties.Name === previous.Name ? set(nameOf(physicalId), properties) : create(properties, context),
    delete: (physicalId) => parts.alarms.mutes.delete(nameOf(physicalId)),
  };
}
