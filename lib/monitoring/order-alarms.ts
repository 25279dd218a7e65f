import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { StandardWorkflow } from '../constructs/standard-workflow';
import type { StageSettings } from '../stages/stage-settings';
import { AlarmTopic } from './alarm-topic';

/** What is watched. The keys become part of the alarms' logical ids. */
export interface OrderAlarmsProps {
  readonly settings: StageSettings;
  readonly workflows: Readonly<Record<string, StandardWorkflow>>;
  /** Queues in which no message should lie. */
  readonly parked: Readonly<Record<string, IQueue>>;
  readonly orderQueue: IQueue;
}

/** Alarms of the orders workflow: something is parked, executions die, or orders wait too long. */
export class OrderAlarms extends Construct {
  private readonly topic?: AlarmTopic;

  constructor(scope: Construct, id: string, props: OrderAlarmsProps) {
    super(scope, id);
    const { emails, deadLetterDepth, failedExecutions, oldestOrderSeconds } = props.settings.alarms;
    if (emails.length > 0) this.topic = new AlarmTopic(this, 'Topic', emails);

    for (const [name, queue] of Object.entries(props.parked)) {
      const metric = queue.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: 'Maximum',
      });
      this.watch(name, metric, deadLetterDepth, 'Messages are parked that somebody must look at: docs/operating.md.');
    }
    for (const [name, { stateMachine }] of Object.entries(props.workflows)) {
      const died = new MathExpression({
        expression: 'failed + timedOut + aborted',
        label: 'executions that died',
        period: Duration.minutes(5),
        usingMetrics: {
          failed: stateMachine.metricFailed(),
          timedOut: stateMachine.metricTimedOut(),
          aborted: stateMachine.metricAborted(),
        },
      });
      this.watch(`${name}Died`, died, failedExecutions, 'Executions failed, timed out or were aborted.');
    }
    const oldest = props.orderQueue.metricApproximateAgeOfOldestMessage({
      period: Duration.minutes(1),
      statistic: 'Maximum',
    });
    this.watch('OldestOrder', oldest, oldestOrderSeconds, 'Orders wait in the queue longer than they should.');
  }

  private watch(id: string, metric: IMetric, threshold: number, alarmDescription: string): void {
    const alarm = new Alarm(this, id, {
      metric,
      threshold,
      alarmDescription,
      evaluationPeriods: 1,
      comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    if (this.topic) alarm.addAlarmAction(new SnsAction(this.topic.topic));
  }
}
