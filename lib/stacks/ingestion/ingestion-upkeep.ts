import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ScheduledInvocation } from '../../constructs/scheduled-invocation';
import type { TaskFunction } from '../../constructs/task-function';
import type { StageSettings } from '../../stages/stage-settings';
import { ingestionFunction } from './ingestion-functions';
import type { IngestionQueues } from './ingestion-queues';
import type { IngestionStores } from './ingestion-stores';

/** What the upkeep works with. */
export interface IngestionUpkeepProps {
  readonly settings: StageSettings;
  readonly stores: IngestionStores;
  readonly queues: IngestionQueues;
}

/** The sweeper, on a schedule: vectors of versions that were given up are deleted, however late they were written. */
export class IngestionUpkeep extends Construct {
  readonly sweep: TaskFunction;

  constructor(scope: Construct, id: string, { settings, stores, queues }: IngestionUpkeepProps) {
    super(scope, id);
    this.sweep = ingestionFunction(this, 'SweepDocuments', settings, {
      handler: 'sweep-documents',
      description: 'Deletes vectors that belong to no visible version',
      timeout: Duration.minutes(5),
      environment: {},
    });
    stores.grantRows(this.sweep);
    stores.allowQuery(this.sweep, 'sweep');
    stores.allowVectors(this.sweep, 'DeleteVectors');
    new ScheduledInvocation(this, 'Sweep', {
      target: this.sweep,
      deadLetterQueue: queues.sweepDeadLetters,
      everyMinutes: settings.ingestion.sweepMinutes,
    });
  }
}
