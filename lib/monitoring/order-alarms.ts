import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { StandardWorkflow } from '../constructs/standard-workflow';
import type { StageSettings } from '../stages/stage-settings';
import { AlarmSet } from './alarm-set';

/** What is watched. The keys become part of the alarms' logical ids. */
export interface OrderAlarmsProps {
  readonly settings: StageSettings;
  readonly workflows: Readonly<Record<string, StandardWorkflow>>;
  /** Queues in which no message should lie. */
  readonly parked: Readonly<Record<string, IQueue>>;
  readonly orderQueue: IQueue;
}

/** Alarms of the orders workflow: something is parked, executions die, or orders wait too long. */
export class OrderAlarms extends AlarmSet {
  constructor(scope: Construct, id: string, props: OrderAlarmsProps) {
    const { emails, deadLetterDepth, failedExecutions, oldestOrderSeconds } = props.settings.alarms;
    super(scope, id, emails);
    this.watchParked(props.parked, deadLetterDepth);
    for (const [name, workflow] of Object.entries(props.workflows)) {
      this.watchDeaths(`${name}Died`, workflow, failedExecutions);
    }
    this.watchAge('OldestOrder', props.orderQueue, oldestOrderSeconds, 'Orders wait longer than they should.');
  }
}
