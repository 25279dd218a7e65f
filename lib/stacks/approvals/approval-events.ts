import { EventBus } from 'aws-cdk-lib/aws-events';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { EventArchive } from '../../constructs/event-archive';
import { ParkedQueue } from '../../constructs/parked-queue';
import { StreamPublisher } from '../../constructs/stream-publisher';
import type { StageSettings } from '../../stages/stage-settings';
import { workflowFunction } from '../workflow-function';
import type { ApprovalTables } from './approval-tables';

/** The statuses of a request, each of which an event tells of. */
const STATUSES = ['pending', 'approved', 'rejected', 'expired', 'revoked'];

/** What the events work with. */
export interface ApprovalEventsProps {
  readonly settings: StageSettings;
  readonly tables: ApprovalTables;
}

/** Requests that were opened and decided, from the stream of the approvals table to a bus, at least once and with a stable id. */
export class ApprovalEvents extends Construct {
  readonly bus: EventBus;
  readonly archive: EventArchive;
  readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, { settings, tables }: ApprovalEventsProps) {
    super(scope, id);
    this.bus = new EventBus(this, 'Bus', { description: 'Approvals that were asked for, and what became of them' });
    this.archive = new EventArchive(this, 'Archive', {
      bus: this.bus,
      description: 'What was on the bus of the approvals, to be replayed',
      retentionDays: settings.approvals.archiveDays,
    });
    this.deadLetterQueue = new ParkedQueue(
      this,
      'DeadLetterQueue',
      'It is the dead-letter queue of a stream mapping, which the check does not look for.',
    );
    const publish = workflowFunction(this, 'PublishApprovalEvents', 'approvals', settings, {
      handler: 'publish-approval-events',
      description: 'Tells that approvals were asked for, decided, expired or revoked',
      environment: { APPROVAL_BUS_NAME: this.bus.eventBusName },
    });
    publish.allow(['events:PutEvents'], this.bus.eventBusArn);
    new StreamPublisher(this, 'Stream', {
      task: publish,
      table: tables.approvals.table,
      when: { attribute: 'status', values: STATUSES },
      batchSize: 10,
      retryAttempts: settings.orders.publishAttempts,
      deadLetterQueue: this.deadLetterQueue,
    });
  }
}
