import { Duration } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Workflow } from '../constructs/workflow';
import { AlarmSet, type AlarmSetProps } from './alarm-set';

/** What is watched. The keys become part of the alarms' logical ids. */
export interface FanOutAlarmsProps extends AlarmSetProps {
  readonly workflows: Readonly<Record<string, Workflow>>;
  /** Queues in which no message should lie. */
  readonly parked: Readonly<Record<string, IQueue>>;
  readonly checkQueue: IQueue;
}

/** Alarms of the fan-out: deliveries are parked, runs die, checks wait too long, or the webhook is down. */
export class FanOutAlarms extends AlarmSet {
  constructor(scope: Construct, id: string, props: FanOutAlarmsProps) {
    super(scope, id, props);
    const { alarms } = this.settings;
    this.watchParked(props.parked, alarms.deadLetterDepth);
    for (const [name, workflow] of Object.entries(props.workflows)) {
      this.watchDeaths(`${name}Died`, workflow, alarms.failedExecutions);
    }
    this.watchAge(
      'OldestCheck',
      props.checkQueue,
      alarms.oldestCheckSeconds,
      'Checks of deliveries wait longer than they should: runs that died are not noticed.',
    );
    this.watch('WebhookBreakerOpen', {
      metric: new Metric({
        namespace: 'Stepwright',
        metricName: 'WebhookBreakerOpened',
        dimensionsMap: { service: 'fan-out' },
        statistic: 'Sum',
        period: Duration.minutes(5),
      }),
      threshold: alarms.breakerOpenings,
      means: 'The webhook is down and not called: its events are parked until they are replayed.',
      severity: 'ticket',
    });
  }
}
