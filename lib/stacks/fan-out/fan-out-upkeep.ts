import { Construct } from 'constructs';
import type { ExpressWorkflow } from '../../constructs/express-workflow';
import { QueueConsumer } from '../../constructs/queue-consumer';
import type { StageSettings } from '../../stages/stage-settings';
import { fanOutFunction } from './fan-out-functions';
import { CONSUMER_TIMEOUT, type FanOutQueues } from './fan-out-queues';
import type { FanOutTables } from './fan-out-tables';

/** What the upkeep works with. */
export interface FanOutUpkeepProps {
  readonly settings: StageSettings;
  readonly tables: FanOutTables;
  readonly queues: FanOutQueues;
  readonly workflow: ExpressWorkflow;
}

/** Check queue → check-deliveries, which parks what nobody has spoken of; replay queue → replay-deliveries → the machine. */
export class FanOutUpkeep extends Construct {
  constructor(scope: Construct, id: string, { settings, tables, queues, workflow }: FanOutUpkeepProps) {
    super(scope, id);
    const { deliveries, analytics } = tables;
    const checkDeliveries = fanOutFunction(this, 'CheckDeliveries', settings, {
      handler: 'check-deliveries',
      description: 'Parks deliveries of events whose run died, or never began',
      timeout: CONSUMER_TIMEOUT,
      environment: { PARKED_QUEUE_URL: queues.parked.queueUrl, ANALYTICS_TABLE: analytics.name },
    });
    tables.grantRecords(checkDeliveries);
    checkDeliveries.allow(['dynamodb:BatchGetItem'], deliveries.arn, analytics.arn);
    checkDeliveries.allow(['sqs:SendMessage'], queues.parked.queueArn);
    new QueueConsumer(this, 'CheckConsumer', { task: checkDeliveries, queue: queues.checks, batchSize: 10 });

    const replayDeliveries = fanOutFunction(this, 'ReplayDeliveries', settings, {
      handler: 'replay-deliveries',
      description: 'Runs parked deliveries again',
      timeout: CONSUMER_TIMEOUT,
      environment: { CHECK_QUEUE_URL: queues.checks.queueUrl, DELIVERY_MACHINE_ARN: workflow.liveArn },
    });
    tables.grantRecords(replayDeliveries);
    replayDeliveries.allow(['sqs:SendMessage'], queues.checks.queueArn);
    workflow.grantStartExecution(replayDeliveries.function);
    new QueueConsumer(this, 'ReplayConsumer', {
      task: replayDeliveries,
      queue: queues.replays,
      batchSize: 10,
      maxConcurrency: settings.fanOut.replayConcurrency,
    });
  }
}
