import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ExpressWorkflow } from '../constructs/express-workflow';
import type { AlarmSet } from '../monitoring/alarm-set';
import type { AlarmTopics } from '../monitoring/alarm-topics';
import { QuoteAlarms } from '../monitoring/quote-alarms';
import type { StageSettings } from '../stages/stage-settings';
import type { CostWatch } from './cost-watch';
import { QuoteApi } from './quotes/quote-api';
import { type QuoteSources, QuoteWorkflow } from './quotes/quote-workflow';

/** What the stack is made for. */
export interface QuotesStackProps extends StackProps {
  readonly settings: StageSettings;
  /** Where the alarms ring. */
  readonly topics: AlarmTopics;
  /** Estimates what the stack costs. */
  readonly costs: CostWatch;
  /** What a quote is made of. */
  readonly sources: QuoteSources;
}

/** Quotes: an API whose function runs an Express machine and waits for it, and the alarms. Nothing is kept. */
export class QuotesStack extends Stack {
  readonly alarms: AlarmSet;
  /** All machines of the stack. */
  readonly workflows: readonly ExpressWorkflow[];

  constructor(scope: Construct, id: string, props: QuotesStackProps) {
    super(scope, id, props);
    const { settings, topics, sources, costs } = props;
    const { quote } = new QuoteWorkflow(this, 'Workflow', { settings, sources, stackName: this.stackName });
    const api = new QuoteApi(this, 'Api', { settings, quote });
    this.workflows = [quote];
    this.alarms = new QuoteAlarms(this, 'Alarms', { settings, topics, quote });

    costs.watch(this, 'quotes');
    new CfnOutput(this, 'Stage', { value: settings.name });
    new CfnOutput(this, 'Region', { value: this.region });
    new CfnOutput(this, 'QuotesApiUrl', { value: api.endpoint });
    new CfnOutput(this, 'QuotesMachineArn', { value: quote.arn });
  }
}
