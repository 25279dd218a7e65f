import { ArnFormat, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { TaskFunction } from '../../constructs/task-function';
import type { Workflow } from '../../constructs/workflow';
import type { StageSettings } from '../../stages/stage-settings';
import type { AlarmSet } from '../alarm-set';
import type { Prices } from '../prices';
import type { Service } from '../service-metrics';

/** What a dashboard shows of a workflow: the stack, by names alone, so that it may change whatever a dashboard shows. */
export interface Shown {
  readonly service: Service;
  readonly stack: Stack;
  readonly workflows: readonly Workflow[];
}

/** What dashboards are made of. */
export interface DashboardProps {
  readonly settings: StageSettings;
  readonly prices: Prices;
  readonly shown: readonly Shown[];
  /** The alarms of all stacks. */
  readonly alarms: readonly AlarmSet[];
}

/** The name of one of the three dashboards. */
export function dashboardName({ settings }: DashboardProps, purpose: 'executive' | 'on-call' | 'debug'): string {
  return `stepwright-${settings.name}-${purpose}`;
}

/** Words that stand in every metric's dimension whose resource belongs to a stack: the parts of its name, which its resources begin with. */
export function searchWords(stack: Stack): string {
  return stack.stackName.split('-').join(' ');
}

/** The log groups of all functions of a stack that have been made so far. */
export function functionLogGroups(stack: Stack): string[] {
  return stack.node
    .findAll()
    .filter((construct) => construct instanceof TaskFunction)
    .map(({ logGroupName }) => logGroupName);
}

/** The ARN of an alarm of any stack of the account and region. */
export function alarmArn(scope: Construct, resourceName: string): string {
  return Stack.of(scope).formatArn({
    service: 'cloudwatch',
    resource: 'alarm',
    resourceName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}

/** A page of the CloudWatch console, in the region of the stack. */
export function consoleLink(scope: Construct, hash: string): string {
  const { region } = Stack.of(scope);
  return `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#${hash}`;
}
