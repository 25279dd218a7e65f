import { Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { ApprovalGate } from '../../constructs/approval-gate';
import { viaService } from '../../constructs/key-policy';
import { QueueConsumer } from '../../constructs/queue-consumer';
import { QueueWithDlq } from '../../constructs/queue-with-dlq';
import type { StageSettings } from '../../stages/stage-settings';
import { approvalFunction } from './approval-functions';
import type { ApprovalKeys } from './approval-keys';
import type { ApprovalTables } from './approval-tables';
import { allowCallbacks } from './callback-grant';

/** What the intake works with. */
export interface ApprovalIntakeProps {
  readonly settings: StageSettings;
  readonly tables: ApprovalTables;
  readonly keys: ApprovalKeys;
}

/** Machines that ask → encrypted queue → open-requests → one row per request. */
export class ApprovalIntake extends Construct {
  readonly queue: QueueWithDlq;
  /** Through which other stacks ask. */
  readonly gate: ApprovalGate;

  constructor(scope: Construct, id: string, { settings, tables, keys }: ApprovalIntakeProps) {
    super(scope, id);
    const timeout = Duration.seconds(20);
    this.queue = new QueueWithDlq(this, 'ApprovalsQueue', {
      consumerTimeout: timeout,
      maxReceiveCount: settings.orders.maxReceiveCount,
      encryptionKey: keys.approvals,
    });
    const { queue, deadLetterQueue } = this.queue;
    this.gate = new ApprovalGate(this, 'Gate', {
      queueArn: queue.queueArn,
      queueUrl: queue.queueUrl,
      keyArn: keys.approvals.keyArn,
    });
    const openRequests = approvalFunction(this, 'OpenRequests', settings, tables, {
      handler: 'open-requests',
      description: 'Opens a request for each ask, once, and refuses asks that are invalid',
      timeout,
      environment: { TOKEN_KEY_ARN: keys.approvals.keyArn, DEAD_LETTER_QUEUE_URL: deadLetterQueue.queueUrl },
    });
    keys.grantSeal(openRequests);
    openRequests.allow(['sqs:SendMessage'], deadLetterQueue.queueArn);
    openRequests.allowWhen(viaService(this, 'sqs'), ['kms:Decrypt', 'kms:GenerateDataKey'], keys.approvals.keyArn);
    allowCallbacks(openRequests, ['states:SendTaskFailure']);
    new QueueConsumer(this, 'Consumer', { task: openRequests, queue, batchSize: 10 });
  }
}
