import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { DataTable } from '../../constructs/data-table';
import type { TaskFunction } from '../../constructs/task-function';
import type { StageSettings } from '../../stages/stage-settings';

const key = (name: string) => ({ name, type: AttributeType.STRING });

/** The tables of the fan-out. */
export class FanOutTables extends Construct {
  /** One row per event and target: in progress, delivered, skipped, parked. Rows expire by themselves. */
  readonly deliveries: DataTable;
  /** One row per event, for whoever counts them. */
  readonly analytics: DataTable;
  /** The breaker of each webhook. */
  readonly breakers: DataTable;
  private readonly keepDays: number;

  constructor(scope: Construct, id: string, settings: StageSettings) {
    super(scope, id);
    const protection = settings.data;
    this.keepDays = settings.fanOut.keepDeliveriesDays;
    this.deliveries = new DataTable(this, 'Deliveries', {
      partitionKey: key('eventId'),
      sortKey: key('target'),
      timeToLiveAttribute: 'expiration',
      protection,
    });
    this.analytics = new DataTable(this, 'Analytics', { partitionKey: key('eventId'), protection });
    this.breakers = new DataTable(this, 'Breakers', { partitionKey: key('webhook'), protection });
  }

  /** Lets a function keep the rows of deliveries, and points it to the table. */
  grantRecords(task: TaskFunction): void {
    task.allow(['dynamodb:UpdateItem'], this.deliveries.arn);
    task.function.addEnvironment('DELIVERIES_TABLE', this.deliveries.name);
    task.function.addEnvironment('KEEP_DELIVERIES_DAYS', String(this.keepDays));
  }

  /** How long a row is kept after it was last touched, in seconds. */
  get keepSeconds(): number {
    return this.keepDays * 86_400;
  }
}
