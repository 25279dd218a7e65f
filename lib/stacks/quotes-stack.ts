import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { AlarmTopics } from '../monitoring/alarm-topics';
import { QuoteAlarms } from '../monitoring/quote-alarms';
import type { StageSettings } from '../stages/stage-settings';
import { QuoteApi } from './quotes/quote-api';
import { type QuoteSources, QuoteWorkflow } from './quotes/quote-workflow';

/** What the stack is made for. */
export interface QuotesStackProps extends StackProps {
  readonly settings: StageSettings;
  /** Where the alarms ring. */
  readonly topics: AlarmTopics;
  /** What a quote is made of. */
  readonly sources: QuoteSources;
}

/** Quotes: an API whose function runs an Express machine and waits for it, and the alarms. Nothing is kept. */
export class QuotesStack extends Stack {
  constructor(scope: Construct, id: string, props: QuotesStackProps) {
    super(scope, id, props);
    const { settings, topics, sources } = props;
    const { quote } = new QuoteWorkflow(this, 'Workflow', { settings, sources, stackName: this.stackName });
    const api = new QuoteApi(this, 'Api', { settings, quote });
    new QuoteAlarms(this, 'Alarms', { settings, topics, quote });

    new CfnOutput(this, 'Stage', { value: settings.name });
    new CfnOutput(this, 'Region', { value: this.region });
    new CfnOutput(this, 'QuotesApiUrl', { value: api.endpoint });
    new CfnOutput(this, 'QuotesMachineArn', { value: quote.arn });
  }
}
