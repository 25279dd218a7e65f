import { muteStatus, muteType } from '../alarms/mute-window';
import { newMuteRule } from '../alarms/new-mute-rule';
import { alarmArn, muteRuleArn, page } from '../api-values';
import type { ActionFactory, CloudWatchParts } from '../cloudwatch-parts';
import { resourceNotFound } from '../faults';
import type { MuteRule } from '../model';

const ruleAccess =
  ({ host }: CloudWatchParts, action: string, nameOf: (input: any) => string) =>
  (input: any) => [{ action: `cloudwatch:${action}`, resource: muteRuleArn(host, nameOf(input)) }];

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutAlarmMuteRule.html: allowed on the rule and on each alarm. */
export const putAlarmMuteRule: ActionFactory = (parts) => ({
  access: (input) => [
    ...ruleAccess(parts, 'PutAlarmMuteRule', ({ Name }) => Name)(input),
    ...(input.MuteTargets?.AlarmNames ?? []).map((name: string) => ({
      action: 'cloudwatch:PutAlarmMuteRule',
      resource: alarmArn(parts.host, name),
    })),
  ],
  handle: (input) => parts.alarms.mutes.put(newMuteRule(parts, input)),
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_GetAlarmMuteRule.html */
export const getAlarmMuteRule: ActionFactory = (parts) => ({
  access: ruleAccess(parts, 'GetAlarmMuteRule', ({ AlarmMuteRuleName }) => AlarmMuteRuleName),
  handle({ AlarmMuteRuleName }) {
    const rule = parts.alarms.store.muteRules.get(AlarmMuteRuleName);
    if (!rule) throw resourceNotFound(muteRuleArn(parts.host, AlarmMuteRuleName));
    const { expression: Expression, duration: Duration, timezone: Timezone } = rule;
    return {
      Name: rule.name,
      Description: rule.description,
      Rule: { Schedule: { Expression, Duration, Timezone } },
      MuteTargets: { AlarmNames: rule.alarmNames },
      StartDate: rule.startMs === undefined ? undefined : rule.startMs / 1000,
      ...summaryOf(parts, rule),
    };
  },
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_ListAlarmMuteRules.html */
export const listAlarmMuteRules: ActionFactory = (parts) => ({
  access: ruleAccess(parts, 'ListAlarmMuteRules', () => '*'),
  handle({ AlarmName, Statuses, MaxRecords = 50, NextToken }) {
    const nowMs = parts.host.kernel.clock.now();
    const found = [...parts.alarms.store.muteRules.values()]
      .filter(({ alarmNames }) => AlarmName === undefined || alarmNames.includes(AlarmName))
      .filter((rule) => !Statuses || Statuses.includes(muteStatus(rule, nowMs)));
    const { items, NextToken: next } = page(found, NextToken, MaxRecords);
    return { AlarmMuteRuleSummaries: items.map((rule) => summaryOf(parts, rule)), NextToken: next };
  },
});

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DeleteAlarmMuteRule.html: also of one that is not there. */
export const deleteAlarmMuteRule: ActionFactory = (parts) => ({
  access: ruleAccess(parts, 'DeleteAlarmMuteRule', ({ AlarmMuteRuleName }) => AlarmMuteRuleName),
  handle: ({ AlarmMuteRuleName }) => parts.alarms.mutes.delete(AlarmMuteRuleName),
});

function summaryOf({ host }: CloudWatchParts, rule: MuteRule): object {
  return {
    AlarmMuteRuleArn: rule.arn,
    ExpireDate: rule.expireMs === undefined ? undefined : rule.expireMs / 1000,
    Status: muteStatus(rule, host.kernel.clock.now()),
    MuteType: muteType(rule),
    LastUpdatedTimestamp: rule.updatedMs / 1000,
  };
}
