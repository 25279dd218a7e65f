import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, type IMetric, MathExpression, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { StandardWorkflow } from '../constructs/standard-workflow';
import { AlarmTopic } from './alarm-topic';

/** Alarms of one stack, which mail those whom the stage names, or nobody. */
export abstract class AlarmSet extends Construct {
  private readonly topic?: AlarmTopic;

  constructor(scope: Construct, id: string, emails: readonly string[]) {
    super(scope, id);
    if (emails.length > 0) this.topic = new AlarmTopic(this, 'Topic', emails);
  }

  /** Raised when a metric is as high as the threshold once; no data is good news. */
  protected watch(id: string, metric: IMetric, threshold: number, alarmDescription: string): void {
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

  /** Raised when so many messages lie in a queue in which none should. */
  protected watchParked(queues: Readonly<Record<string, IQueue>>, depth: number): void {
    for (const [name, queue] of Object.entries(queues)) {
      const metric = queue.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(1),
        statistic: 'Maximum',
      });
      this.watch(name, metric, depth, 'Messages are parked that somebody must look at: docs/operating.md.');
    }
  }

  /** Raised when the oldest message of a queue has waited so long. */
  protected watchAge(id: string, queue: IQueue, seconds: number, alarmDescription: string): void {
    const metric = queue.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(1), statistic: 'Maximum' });
    this.watch(id, metric, seconds, alarmDescription);
  }

  /** Raised when so many executions of a workflow fail, time out or are aborted within five minutes. */
  protected watchDeaths(id: string, { stateMachine }: StandardWorkflow, threshold: number): void {
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
    this.watch(id, died, threshold, 'Executions failed, timed out or were aborted.');
  }
}
