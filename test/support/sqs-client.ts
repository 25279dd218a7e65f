import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SendMessageCommandOutput,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import { createSqsService } from '../../local/services/sqs/router';
import { type RunningGateway, startGateway } from './embedded';

/** SQS alone behind a gateway, on a clock that the test turns, and the SDK's client in short words. */
export class SqsUnderTest {
  readonly clock = new SimulatedClock();
  running!: RunningGateway;
  sqs!: SQSClient;

  async start(): Promise<void> {
    this.running = await startGateway((host) => [createSqsService(host)], {
      kernel: { clock: this.clock, random: new SeededRandom('sqs') },
    });
    this.sqs = new SQSClient(this.running.client);
  }

  async stop(): Promise<void> {
    this.sqs.destroy();
    await this.running.close();
  }

  /** The URL of a new queue. */
  async createQueue(QueueName: string, Attributes?: Record<string, string>): Promise<string> {
    return (await this.sqs.send(new CreateQueueCommand({ QueueName, Attributes }))).QueueUrl!;
  }

  send(QueueUrl: string, MessageBody: string, more: object = {}): Promise<SendMessageCommandOutput> {
    return this.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody, ...more }));
  }

  /** Up to ten messages. */
  async receive(QueueUrl: string, more: object = {}): Promise<Message[]> {
    const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more });
    return (await this.sqs.send(command)).Messages ?? [];
  }

  /** One of all the attributes of a queue. */
  async attribute(QueueUrl: string, name: string): Promise<string | undefined> {
    const { Attributes } = await this.sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    return (Attributes as Record<string, string> | undefined)?.[name];
  }
}
