import type { Construct } from 'constructs';
import type { ExpressWorkflow } from '../constructs/express-workflow';
import type { AlarmSetProps } from './alarm-set';
import { WorkflowAlarms } from './workflow-alarms';

/** What is watched. */
export interface QuoteAlarmsProps extends AlarmSetProps {
  readonly quote: ExpressWorkflow;
}

/** Alarms of the quotes: they are refused or slow, or runs fail, which no request by itself makes them do. */
export class QuoteAlarms extends WorkflowAlarms {
  constructor(scope: Construct, id: string, props: QuoteAlarmsProps) {
    super(scope, id, props);
    const { quotes, slo } = this.settings;
    const failing = this.watchFailing('QuotesFailing', 'quotes', slo.quotes);
    this.watchBurning('QuotesBurning', 'quotes', slo.quotes, [failing]);
    this.watchSlow('QuotesSlow', 'quotes', slo.quotes, [failing]);
    this.watchDeaths('QuotesFailed', props.quote, quotes.failedRuns, [failing]);
    this.watchTasks([props.quote], [failing]);
    this.watchSecrets();
    this.watchThrottles([props.quote]);
  }
}
