import path from 'node:path';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { ExpressWorkflow } from '../../constructs/express-workflow';
import type { TaskFunction } from '../../constructs/task-function';
import type { StageSettings } from '../../stages/stage-settings';
import { PROJECT_ROOT } from '../workflow-function';
import { type FanOutQueues, RUN_WITHIN } from './fan-out-queues';
import type { FanOutTables } from './fan-out-tables';

/** What the machine works with. */
export interface FanOutWorkflowProps {
  readonly settings: StageSettings;
  readonly tables: FanOutTables;
  readonly queues: FanOutQueues;
  readonly tasks: Readonly<Record<string, TaskFunction>>;
  /** The name of the stack, under which the machine goes. */
  readonly stackName: string;
}

/** The Express machine that delivers one event. */
export class FanOutWorkflow extends Construct {
  readonly deliverEvent: ExpressWorkflow;

  constructor(scope: Construct, id: string, props: FanOutWorkflowProps) {
    super(scope, id);
    const { settings, tables, queues, tasks, stackName } = props;
    const grant = (actions: string[], arn: string) => new PolicyStatement({ actions, resources: [arn] });
    this.deliverEvent = new ExpressWorkflow(this, 'DeliverEvent', {
      definitionFile: path.join(PROJECT_ROOT, 'statemachines/fan-out/deliver-event.asl.json'),
      tasks,
      substitutions: {
        AnalyticsTable: tables.analytics.name,
        DeliveriesTable: tables.deliveries.name,
        ParkedQueue: queues.parked.queueUrl,
        KeepDeliveriesSeconds: String(tables.keepSeconds),
      },
      allow: [
        grant(['dynamodb:PutItem'], tables.analytics.arn),
        grant(['dynamodb:UpdateItem'], tables.deliveries.arn),
        grant(['sqs:SendMessage'], queues.parked.queueArn),
      ],
      timeout: RUN_WITHIN,
      logRetention: settings.logRetentionDays as RetentionDays,
      name: `${stackName}-deliver-event`,
      deployment: settings.deployments,
    });
  }
}
