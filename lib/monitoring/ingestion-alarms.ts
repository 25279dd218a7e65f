import { Duration } from 'aws-cdk-lib';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { StandardWorkflow } from '../constructs/standard-workflow';
import type { TaskFunction } from '../constructs/task-function';
import { AlarmSet, type AlarmSetProps } from './alarm-set';

/** What is watched. The keys become part of the alarms' logical ids. */
export interface IngestionAlarmsProps extends AlarmSetProps {
  readonly workflows: Readonly<Record<string, StandardWorkflow>>;
  /** Queues in which no message should lie. */
  readonly parked: Readonly<Record<string, IQueue>>;
  readonly ingestQueue: IQueue;
  /** Deletes what was given up; nobody waits for it. */
  readonly sweep: TaskFunction;
}

/** Alarms of ingestion: something is parked, executions die, documents wait too long, or what was given up stays. */
export class IngestionAlarms extends AlarmSet {
  constructor(scope: Construct, id: string, props: IngestionAlarmsProps) {
    super(scope, id, props);
    const { alarms } = this.settings;
    this.watchParked(props.parked, alarms.deadLetterDepth);
    for (const [name, workflow] of Object.entries(props.workflows)) {
      this.watchDeaths(`${name}Died`, workflow, alarms.failedExecutions);
    }
    this.watchAge(
      'OldestDocument',
      props.ingestQueue,
      alarms.oldestDocumentSeconds,
      'Changes of documents wait longer than they should.',
    );
    this.watch('DocumentSweepFails', {
      metric: props.sweep.function.metricErrors({ period: Duration.days(1) }),
      threshold: alarms.sweepErrors,
      means: 'Vectors that were given up could not be deleted.',
      severity: 'ticket',
    });
  }
}
