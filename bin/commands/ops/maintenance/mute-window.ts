import {
  DeleteAlarmMuteRuleCommand,
  GetAlarmMuteRuleCommand,
  PutAlarmMuteRuleCommand,
} from '@aws-sdk/client-cloudwatch';
import { alarmsOf } from '../alarms';
import type { Aws } from '../aws';
import type { DeployedStack } from '../deployment';
import type { OperatorAct } from '../operator-log';

const MINUTE_MS = 60_000;
/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutAlarmMuteRule.html */
const MOST_TARGETS = 100;
const LONGEST_DESCRIPTION = 1024;

/** Alarms that no maintenance explains, and that ring through it: money that moved wrongly or runs away, a secret in a log, a gap in the audit trail. */
const NEVER_MUTED = ['money-mismatched', 'cost-runaway', 'secret-in-logs', 'audit-incomplete'];

/** A time in which the alarms of a stack ring no bell. */
export interface MuteWindow {
  readonly stack: DeployedStack;
  readonly alarms: number;
  readonly fromMs: number;
  readonly untilMs: number;
  /** `SCHEDULED`, `ACTIVE` or `EXPIRED`. */
  readonly status: string;
  readonly reason: string;
}

/**
 * Mutes what alarms of a stack do, from the next full minute and for so many minutes; the alarms themselves go on. The window ends by itself, and
 * what is in alarm then rings. It takes the place of one that is open. Undefined for a stack without alarms that ring. It needs
 * `cloudwatch:PutAlarmMuteRule` on the rule and on its alarms, and `DescribeAlarms`.
 */
export async function openWindow(
  aws: Aws,
  stack: DeployedStack,
  { minutes, reason }: { readonly minutes: number; readonly reason: string },
): Promise<MuteWindow | undefined> {
  const AlarmNames = await bellsOf(aws, stack);
  if (AlarmNames.length === 0) return undefined;
  if (AlarmNames.length > MOST_TARGETS) {
    throw new Error(`${stack.name} has ${AlarmNames.length} alarms, and a rule mutes ${MOST_TARGETS}.`);
  }
  const fromMs = Math.ceil(Date.now() / MINUTE_MS) * MINUTE_MS;
  const untilMs = fromMs + minutes * MINUTE_MS;
  await record(aws, stack, { act: 'maintenance-on', alarms: AlarmNames.length, minutes, reason });
  await aws.cloudwatch.send(
    new PutAlarmMuteRuleCommand({
      Name: ruleName(stack),
      Description: `${reason} (${await aws.caller()})`.slice(0, LONGEST_DESCRIPTION),
      Rule: {
        Schedule: {
          Expression: `at(${new Date(fromMs).toISOString().slice(0, 16)})`,
          Duration: `PT${minutes}M`,
          Timezone: 'UTC',
        },
      },
      MuteTargets: { AlarmNames },
      ExpireDate: new Date(untilMs),
    }),
  );
  return windowOf(aws, stack);
}

/** Ends a window before its time; whether there was one. What is in alarm rings now. It needs `cloudwatch:DeleteAlarmMuteRule`. */
export async function closeWindow(aws: Aws, stack: DeployedStack): Promise<boolean> {
  if (!(await windowOf(aws, stack))) return false;
  await record(aws, stack, { act: 'maintenance-off' });
  await aws.cloudwatch.send(new DeleteAlarmMuteRuleCommand({ AlarmMuteRuleName: ruleName(stack) }));
  return true;
}

/** The window of a stack that is open or will be; undefined when none is. It needs `cloudwatch:GetAlarmMuteRule`. */
export async function windowOf({ cloudwatch }: Aws, stack: DeployedStack): Promise<MuteWindow | undefined> {
  try {
    const rule = await cloudwatch.send(new GetAlarmMuteRuleCommand({ AlarmMuteRuleName: ruleName(stack) }));
    if (rule.Status === 'EXPIRED') return undefined;
    const { Expression = '', Duration = '' } = rule.Rule?.Schedule ?? {};
    const fromMs = Date.parse(`${Expression.slice('at('.length, -1)}Z`);
    return {
      stack,
      alarms: rule.MuteTargets?.AlarmNames?.length ?? 0,
      fromMs,
      untilMs: fromMs + Number(/^PT(\d+)M$/.exec(Duration)?.[1]) * MINUTE_MS,
      status: rule.Status!,
      reason: rule.Description ?? '',
    };
  } catch (error) {
    if ((error as Error).name === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

/** The alarms of a stack that tell somebody, but for those that are never muted. */
async function bellsOf(aws: Aws, stack: DeployedStack): Promise<string[]> {
  const { metric, composite } = await alarmsOf(aws, [stack]);
  return [...metric, ...composite]
    .filter(({ AlarmActions = [] }) => AlarmActions.length > 0)
    .map(({ AlarmName }) => AlarmName!)
    .filter((name) => !NEVER_MUTED.some((id) => name === `${stack.name}-${id}`));
}

/** In the stack's own operator log; for a stack without one, in the first of the deployment. */
async function record({ deployment, operatorLog }: Aws, stack: DeployedStack, act: OperatorAct): Promise<void> {
  const keepsRecords = ({ outputs }: DeployedStack) => 'OperatorLogGroupName' in outputs;
  const keeper = keepsRecords(stack) ? stack : (deployment.stacks.find(keepsRecords) ?? stack);
  await operatorLog.write(keeper, { ...act, stack: stack.name });
}

const ruleName = ({ name }: DeployedStack) => `${name}-maintenance`;
