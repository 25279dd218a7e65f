import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import { AlarmSet, type AlarmSetProps } from './alarm-set';

/** What is watched. */
export interface WatcherAlarmsProps extends AlarmSetProps {
  /** Where invocations of watchers lie that could not be delivered. */
  readonly deadLetterQueue: IQueue;
}

/** Alarms of the watchers' schedules. */
export class WatcherAlarms extends AlarmSet {
  constructor(scope: Construct, id: string, props: WatcherAlarmsProps) {
    super(scope, id, props);
    this.watchParked({ WatcherDeadLetters: props.deadLetterQueue }, this.settings.alarms.deadLetterDepth);
  }
}
