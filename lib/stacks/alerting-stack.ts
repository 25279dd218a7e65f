import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { OperatorLog } from '../constructs/operator-log';
import { ParkedQueue } from '../constructs/parked-queue';
import type { AlarmSet } from '../monitoring/alarm-set';
import { AlarmTopics } from '../monitoring/alarm-topics';
import type { Prices } from '../monitoring/prices';
import { WatcherAlarms } from '../monitoring/watcher-alarms';
import type { StageSettings } from '../stages/stage-settings';
import { CostWatch } from './cost-watch';

/** What the stack is made for. */
export interface AlertingStackProps extends StackProps {
  readonly settings: StageSettings;
  readonly prices: Prices;
}

/** Where the alarms of all other stacks go, and what estimates their cost: it is deployed before them. */
export class AlertingStack extends Stack {
  readonly topics: AlarmTopics;
  /** Estimates what each stack costs. */
  readonly costs: CostWatch;
  readonly alarms: AlarmSet;
  /** Invocations of watchers that could not be delivered. */
  readonly watcherDeadLetters: Queue;

  constructor(scope: Construct, id: string, props: AlertingStackProps) {
    super(scope, id, props);
    const { settings, prices } = props;
    this.topics = new AlarmTopics(this, 'Topics', settings.alarms.readers);
    this.watcherDeadLetters = new ParkedQueue(
      this,
      'WatcherDeadLetters',
      'It is the dead-letter queue of schedules, which the check does not look for.',
    );
    this.costs = new CostWatch(this, 'Costs', { settings, prices, deadLetterQueue: this.watcherDeadLetters });
    this.alarms = new WatcherAlarms(this, 'Alarms', {
      settings,
      topics: this.topics,
      deadLetterQueue: this.watcherDeadLetters,
    });
    new OperatorLog(this, 'OperatorLog', {
      retention: settings.logRetentionDays as RetentionDays,
      isRetained: settings.data.onDelete === 'retain',
    });
    new CfnOutput(this, 'Stage', { value: settings.name });
    new CfnOutput(this, 'Region', { value: this.region });
    new CfnOutput(this, 'PageTopicArn', { value: this.topics.page.topicArn });
    new CfnOutput(this, 'WatcherDeadLetterQueueUrl', { value: this.watcherDeadLetters.queueUrl });
    new CfnOutput(this, 'TicketTopicArn', { value: this.topics.ticket.topicArn });
  }
}
