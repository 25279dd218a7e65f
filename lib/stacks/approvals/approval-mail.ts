import { Duration } from 'aws-cdk-lib';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { EmailSendingEvent, EventDestination } from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import { EventToQueue } from '../../constructs/event-to-queue';
import { MailSender } from '../../constructs/mail-sender';
import { QueueConsumer } from '../../constructs/queue-consumer';
import { QueueWithDlq } from '../../constructs/queue-with-dlq';
import type { TaskFunction } from '../../constructs/task-function';
import type { StageSettings } from '../../stages/stage-settings';
import { approvalFunction } from './approval-functions';
import type { ApprovalTables } from './approval-tables';

/** What mail works with. */
export interface ApprovalMailProps {
  readonly settings: StageSettings;
  readonly tables: ApprovalTables;
}

/** Who mails come from and how they are sent, and SES's word on mails that bounced → queue → mail-feedback. */
export class ApprovalMail extends Construct {
  readonly feedback: QueueWithDlq;
  readonly configurationSetName: string;
  private readonly sender: MailSender;

  constructor(scope: Construct, id: string, { settings, tables }: ApprovalMailProps) {
    super(scope, id);
    const { senderAddress, senderIdentity } = settings.approvals;
    this.sender = new MailSender(this, { address: senderAddress, identity: senderIdentity });
    this.configurationSetName = this.sender.configurationSetName;
    this.sender.configurationSet.addEventDestination('Feedback', {
      // SES takes the default bus and no other.
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'DefaultBus', 'default')),
      events: [EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT],
    });

    const timeout = Duration.seconds(20);
    this.feedback = new QueueWithDlq(this, 'FeedbackQueue', {
      consumerTimeout: timeout,
      maxReceiveCount: settings.orders.maxReceiveCount,
    });
    const { queue, deadLetterQueue } = this.feedback;
    new EventToQueue(this, 'MailFailed', {
      description: 'Approval mails that bounced or were complained of',
      pattern: {
        source: ['aws.ses'],
        detailType: ['Email Bounced', 'Email Complaint Received'],
        detail: { mail: { tags: { 'ses:configuration-set': [this.configurationSetName] } } },
      },
      queue,
      deadLetterQueue,
    });
    const mailFeedback = approvalFunction(this, 'MailFeedback', settings, tables, {
      handler: 'mail-feedback',
      description: 'Escalates a request whose mail reaches nobody',
      timeout,
      environment: { DEAD_LETTER_QUEUE_URL: deadLetterQueue.queueUrl },
    });
    mailFeedback.allow(['sqs:SendMessage'], deadLetterQueue.queueArn);
    new QueueConsumer(this, 'Consumer', { task: mailFeedback, queue, batchSize: 10 });
  }

  /** Lets a function send mail from the one address through the configuration set. */
  grantSend(task: TaskFunction): void {
    this.sender.grantSend(task);
  }
}
