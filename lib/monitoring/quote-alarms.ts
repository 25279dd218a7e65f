import type { Construct } from 'constructs';
import type { ExpressWorkflow } from '../constructs/express-workflow';
import { AlarmSet, type AlarmSetProps } from './alarm-set';

/** What is watched. */
export interface QuoteAlarmsProps extends AlarmSetProps {
  readonly quote: ExpressWorkflow;
}

/** Alarms of the quotes: runs fail, which no request by itself makes them do. */
export class QuoteAlarms extends AlarmSet {
  constructor(scope: Construct, id: string, props: QuoteAlarmsProps) {
    super(scope, id, props);
    this.watchDeaths('QuotesFailed', props.quote, this.settings.quotes.failedRuns);
  }
}
