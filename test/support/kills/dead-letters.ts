import { setTimeout as pause } from 'node:timers/promises';
import {
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListMessageMoveTasksCommand,
  ReceiveMessageCommand,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import type { CutShort } from './cut-short';
import type { MortalAws } from './mortal-aws';

/** For so long messages stay hidden once they were looked at: longer than the look takes. */
const HIDDEN_SECONDS = 600;

/** The dead-letter queue of a queue: why its messages lie there, and the way back that an operator gives them. */
export class DeadLetters {
  /** How many messages have lain there. */
  found = 0;
  /** Messages that lay there for another reason than kills. */
  readonly doubts: string[] = [];

  constructor(
    private readonly aws: MortalAws,
    private readonly sqs: SQSClient,
    private readonly queueUrl: string,
    private readonly cutShort: CutShort,
  ) {}

  /**
   * Sends back what lies there, and gives how many messages that were. A receive counts although the process died over it, on AWS too:
   * each message must have come from its queue, after as many receives as that allows, every one of them cut short.
   */
  async redrive(): Promise<number> {
    const { Attributes = {} } = await this.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: this.queueUrl, AttributeNames: ['QueueArn', 'RedrivePolicy'] }),
    );
    const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(Attributes.RedrivePolicy!);
    const before = this.found;
    await this.look(deadLetterTargetArn, Attributes.QueueArn!, Number(maxReceiveCount));
    if (this.found > before) await this.move(deadLetterTargetArn);
    return this.found - before;
  }

  private async look(deadLetterArn: string, queueArn: string, maxReceiveCount: number): Promise<void> {
    const { QueueUrl } = await this.sqs.send(new GetQueueUrlCommand({ QueueName: deadLetterArn.split(':').pop() }));
    for (;;) {
      const { Messages = [] } = await this.sqs.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: 10,
          VisibilityTimeout: HIDDEN_SECONDS,
          MessageSystemAttributeNames: ['All'],
        }),
      );
      if (Messages.length === 0) return;
      for (const { MessageId, Body, Attributes } of Messages) {
        this.found++;
        const { DeadLetterQueueSourceArn: from, ApproximateReceiveCount: count } = Attributes!;
        // The count is over both queues, and this receive is one of them.
        const receives = Number(count) - 1;
        const isByKills =
          from === queueArn && receives === maxReceiveCount && this.cutShort.isEachOf(MessageId!, receives);
        if (!isByKills)
          this.doubts.push(`parked by something else than kills: ${JSON.stringify({ Attributes, Body })}`);
      }
    }
  }

  private async move(SourceArn: string): Promise<void> {
    this.aws.leap(HIDDEN_SECONDS * 1000);
    await pause(500);
    await this.sqs.send(new StartMessageMoveTaskCommand({ SourceArn }));
    for (;;) {
      const { Results = [] } = await this.sqs.send(new ListMessageMoveTasksCommand({ SourceArn }));
      if (Results[0]?.Status !== 'RUNNING') return;
      this.aws.leap(1000);
      await pause(100);
    }
  }
}
