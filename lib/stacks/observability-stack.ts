import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { PeopleRoles } from '../constructs/roles/people-roles';
import type { AlarmSet } from '../monitoring/alarm-set';
import type { AlarmTopics } from '../monitoring/alarm-topics';
import { Dashboards } from '../monitoring/dashboards/dashboards';
import { ObservabilityAlarms } from '../monitoring/observability-alarms';
import type { Prices } from '../monitoring/prices';
import type { Service } from '../monitoring/service-metrics';
import type { StageSettings } from '../stages/stage-settings';
import { type WatchedStacks, Watchers } from './observability/watchers';

/** What the stack is made for. */
export interface ObservabilityStackProps extends StackProps {
  readonly settings: StageSettings;
  /** Where the alarms ring. */
  readonly topics: AlarmTopics;
  readonly prices: Prices;
  /** Takes invocations of watchers that could not be delivered. */
  readonly deadLetterQueue: IQueue;
  /** What is looked at. */
  readonly watched: WatchedStacks;
  /** Alarms of the watchers' schedules. */
  readonly alarms: AlarmSet;
  /** All other stacks, which people get roles for. */
  readonly stacks: readonly Stack[];
}

const SHOWN: readonly (readonly [keyof WatchedStacks, Service])[] = [
  ['orders', 'orders'],
  ['approvals', 'approvals'],
  ['ingestion', 'ingestion'],
  ['fanOut', 'fan-out'],
  ['quotes', 'quotes'],
];

/** What looks at all workflows from outside: the watchers, their alarms, and the dashboards. It is deployed last. */
export class ObservabilityStack extends Stack {
  constructor(scope: Construct, id: string, props: ObservabilityStackProps) {
    super(scope, id, props);
    const { settings, topics, deadLetterQueue, watched } = props;
    new Watchers(this, 'Watchers', { settings, deadLetterQueue, watched });
    const alarms = new ObservabilityAlarms(this, 'Alarms', {
      settings,
      topics,
      prices: props.prices,
      machines: Object.values(watched).flatMap(({ workflows }) => workflows),
    });
    new Dashboards(this, 'Dashboards', {
      settings,
      prices: props.prices,
      shown: SHOWN.map(([name, service]) => ({ service, ...watched[name], stack: Stack.of(watched[name].alarms) })),
      alarms: [...Object.values(watched).map((stack) => stack.alarms), props.alarms, alarms],
    });
    new CfnOutput(this, 'Stage', { value: settings.name });
    new CfnOutput(this, 'Region', { value: this.region });
    new PeopleRoles(this, 'People', { operators: settings.operators, stacks: [...props.stacks, this] });
  }
}
