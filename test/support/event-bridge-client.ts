import {
  EventBridgeClient,
  PutEventsCommand,
  PutRuleCommand,
  PutTargetsCommand,
  type Target,
} from '@aws-sdk/client-eventbridge';
import { CreateQueueCommand, type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import { createEventBridgeService } from '../../local/services/eventbridge/router';
import { createSqsService } from '../../local/services/sqs/router';
import type { CallContext } from '../../local/wire/caller';
import type { Service } from '../../local/wire/service';
import { type RunningGateway, startGateway } from './embedded';

/** The account of the embedded AWS. */
export const ACCOUNT = '000000000000';
/** A function and a state machine that only note what they are asked. */
export const functionArn = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:react`;
export const machineArn = `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:orders`;
/** A pattern that every event matches. */
export const everything = { source: [{ prefix: '' }] };

/** The ARN of a queue. */
export const queueArn = (name: string) => `arn:aws:sqs:us-east-1:${ACCOUNT}:${name}`;

/** A call that a neighbouring service received. */
export interface NeighbourCall {
  readonly action: string;
  readonly input: any;
  readonly caller: CallContext['caller'];
}

/** EventBridge and SQS behind a gateway, on a clock that the test turns, and the SDK's clients in short words. */
export class EventBridgeUnderTest {
  readonly clock = new SimulatedClock();
  readonly calls: NeighbourCall[] = [];
  running!: RunningGateway;
  events!: EventBridgeClient;
  sqs!: SQSClient;
  /** What the function, the state machine and the log group answer. */
  answer: (call: NeighbourCall) => object = () => ({});

  async start(): Promise<void> {
    this.running = await startGateway(
      (host) => [
        createSqsService(host),
        createEventBridgeService(host),
        this.neighbour('lambda', 'Invoke'),
        this.neighbour('states', 'StartExecution'),
        this.neighbour('logs', 'CreateLogStream', 'PutLogEvents'),
      ],
      { kernel: { clock: this.clock, random: new SeededRandom('events') } },
    );
    this.events = new EventBridgeClient(this.running.client);
    this.sqs = new SQSClient(this.running.client);
  }

  async stop(): Promise<void> {
    this.events.destroy();
    this.sqs.destroy();
    await this.running.close();
  }

  /** The URL of a new queue. */
  async queue(QueueName: string): Promise<string> {
    return (await this.sqs.send(new CreateQueueCommand({ QueueName }))).QueueUrl!;
  }

  /** Up to ten messages of a queue. */
  async messages(QueueUrl: string): Promise<Message[]> {
    const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] });
    return (await this.sqs.send(command)).Messages ?? [];
  }

  /** A rule with targets whose ids are made up. */
  async rule(Name: string, EventPattern: object, targets: Omit<Target, 'Id'>[], EventBusName?: string): Promise<void> {
    await this.events.send(new PutRuleCommand({ Name, EventBusName, EventPattern: JSON.stringify(EventPattern) }));
    const Targets = targets.map((target, index) => ({ Id: `t${index}`, ...target })) as Target[];
    await this.events.send(new PutTargetsCommand({ Rule: Name, EventBusName, Targets }));
  }

  /** Puts one event, `OrderPlaced` of the source `shop` unless told otherwise. */
  put(detail: unknown, more: object = {}) {
    const entry = { Source: 'shop', DetailType: 'OrderPlaced', Detail: JSON.stringify(detail), ...more };
    return this.events.send(new PutEventsCommand({ Entries: [entry] }));
  }

  private neighbour(name: string, ...actions: string[]): Service {
    const record = (action: string) => ({
      handle: (input: any, { caller }: CallContext) => {
        const call = { action: `${name}:${action}`, input, caller };
        this.calls.push(call);
        return this.answer(call);
      },
    });
    return { name, protocols: [], actions: Object.fromEntries(actions.map((action) => [action, record(action)])) };
  }
}
