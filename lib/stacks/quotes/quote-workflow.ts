import path from 'node:path';
import { Duration } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { DataTable } from '../../constructs/data-table';
import { ExpressWorkflow } from '../../constructs/express-workflow';
import type { TaskFunction } from '../../constructs/task-function';
import type { StageSettings } from '../../stages/stage-settings';
import { PROJECT_ROOT } from '../workflow-function';
import { quoteFunction } from './quote-functions';

/** What a quote is made of. */
export interface QuoteSources {
  /** Prices and pieces on hand, of the orders stack. */
  readonly stock: DataTable;
  /** Where the built-in carrier can be made to fail; absent in production. */
  readonly faults?: DataTable;
}

/** What the workflow works with. */
export interface QuoteWorkflowProps {
  readonly settings: StageSettings;
  readonly sources: QuoteSources;
  /** The name of the stack, under which the machine goes. */
  readonly stackName: string;
}

/** The quote machine, with the function that it invokes. */
export class QuoteWorkflow extends Construct {
  readonly quote: ExpressWorkflow;

  constructor(scope: Construct, id: string, { settings, sources, stackName }: QuoteWorkflowProps) {
    super(scope, id);
    const { stock, faults } = sources;
    this.quote = new ExpressWorkflow(this, 'Quote', {
      name: `${stackName}-quote`,
      deployment: settings.deployments,
      definitionFile: path.join(PROJECT_ROOT, 'statemachines/quotes/quote.asl.json'),
      tasks: { EstimateDelivery: this.estimateDelivery(settings, faults) },
      substitutions: { StockTable: stock.name },
      allow: [new PolicyStatement({ actions: ['dynamodb:BatchGetItem'], resources: [stock.arn] })],
      // Below what the function in front has, so that a run ends before nobody waits for it any more.
      timeout: Duration.seconds(20),
      logRetention: settings.logRetentionDays as RetentionDays,
    });
  }

  private estimateDelivery(settings: StageSettings, faults: DataTable | undefined): TaskFunction {
    const task = quoteFunction(this, 'EstimateDelivery', settings, {
      handler: 'estimate-delivery',
      description: 'Asks the carrier for the day of delivery',
      timeout: Duration.seconds(4),
      environment: faults ? { FAULTS_TABLE: faults.name } : {},
    });
    if (faults) task.allow(['dynamodb:BatchGetItem', 'dynamodb:UpdateItem'], faults.arn);
    return task;
  }
}
