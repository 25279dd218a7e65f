import { Duration } from 'aws-cdk-lib';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { StandardWorkflow } from '../constructs/standard-workflow';
import type { TaskFunction } from '../constructs/task-function';
import type { AlarmSetProps } from './alarm-set';
import { WorkflowAlarms } from './workflow-alarms';

/** What is watched. The keys become part of the alarms' logical ids. */
export interface IngestionAlarmsProps extends AlarmSetProps {
  readonly workflows: Readonly<Record<string, StandardWorkflow>>;
  /** Queues in which no message should lie. */
  readonly parked: Readonly<Record<string, IQueue>>;
  readonly ingestQueue: IQueue;
  /** Deletes what was given up; nobody waits for it. */
  readonly sweep: TaskFunction;
}

/** Alarms of ingestion: documents fail, are slow or stuck, something is parked, executions die, documents wait too long, or what was given up stays. */
export class IngestionAlarms extends WorkflowAlarms {
  constructor(scope: Construct, id: string, props: IngestionAlarmsProps) {
    super(scope, id, props);
    const { alarms, slo } = this.settings;
    const machines = Object.values(props.workflows);
    const failing = this.watchFailing('DocumentsFailing', 'ingestion', slo.ingestion);
    this.watchBurning('DocumentsBurning', 'ingestion', slo.ingestion, [failing]);
    this.watchSlow('DocumentsSlow', 'ingestion', slo.ingestion, [failing]);
    this.watchStuck('DocumentsStuck', 'ingestion', 'ticket');
    for (const [name, workflow] of Object.entries(props.workflows)) {
      this.watchDeaths(`${name}Died`, workflow, alarms.failedExecutions, [failing]);
    }
    this.watchTasks(machines, [failing]);
    this.watchZombies('ingestion');
    const drift = this.watchDrift('ingestion', 'IngestMessageRejected');
    this.watchParked(props.parked, alarms.deadLetterDepth, { IngestDeadLetters: [drift] });
    this.watchOldestParked(props.parked);
    this.watchSecrets();
    this.watchThrottles(machines);
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
