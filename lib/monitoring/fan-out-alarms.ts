import { Duration } from 'aws-cdk-lib';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Workflow } from '../constructs/workflow';
import type { AlarmSetProps } from './alarm-set';
import { serviceMetric } from './service-metrics';
import { WorkflowAlarms } from './workflow-alarms';

/** What is watched. The keys become part of the alarms' logical ids. */
export interface FanOutAlarmsProps extends AlarmSetProps {
  readonly workflows: Readonly<Record<string, Workflow>>;
  /** Queues in which no message should lie. */
  readonly parked: Readonly<Record<string, IQueue>>;
  readonly checkQueue: IQueue;
}

/** Alarms of the fan-out: deliveries fail, are slow or parked, runs die, checks wait too long, or the webhook is down. */
export class FanOutAlarms extends WorkflowAlarms {
  constructor(scope: Construct, id: string, props: FanOutAlarmsProps) {
    super(scope, id, props);
    const { alarms, slo } = this.settings;
    const machines = Object.values(props.workflows);
    const breaker = this.watch('WebhookBreakerOpen', {
      metric: serviceMetric('fan-out', 'WebhookBreakerOpened', Duration.minutes(5)),
      threshold: alarms.breakerOpenings,
      means: 'The webhook is down and not called: its events are parked until they are replayed.',
      severity: 'ticket',
    });
    this.watchParked(props.parked, alarms.deadLetterDepth, { ParkedDeliveries: [breaker] });
    this.watchOldestParked(props.parked);
    const failing = this.watchFailing('DeliveriesFailing', 'fan-out', slo.fanOut);
    this.watchBurning('DeliveriesBurning', 'fan-out', slo.fanOut, [failing]);
    this.watchSlow('DeliveriesSlow', 'fan-out', slo.fanOut, [failing]);
    for (const [name, workflow] of Object.entries(props.workflows)) {
      this.watchDeaths(`${name}Died`, workflow, alarms.failedExecutions, [failing]);
    }
    this.watchTasks(machines, [failing]);
    this.watchZombies('fan-out');
    this.watchSecrets();
    this.watchThrottles(machines);
    this.watchAge(
      'OldestCheck',
      props.checkQueue,
      alarms.oldestCheckSeconds,
      'Checks of deliveries wait longer than they should: runs that died are not noticed.',
    );
  }
}
