import type { Rule } from './model';

/** A rule as DescribeRule and ListRules give it. */
export function describe(rule: Rule) {
  return {
    Name: rule.name,
    Arn: rule.arn,
    EventPattern: rule.eventPattern,
    ScheduleExpression: rule.scheduleExpression,
    State: rule.state,
    Description: rule.description,
    RoleArn: rule.roleArn,
    EventBusName: rule.busName,
    ...(rule.archiveName !== undefined && { ManagedBy: 'prod.vhs.events.aws.internal' }),
  };
}
