import {
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  SchedulerClient,
  type Target,
} from '@aws-sdk/client-scheduler';
import { CreateQueueCommand, type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import { createSchedulerService } from '../../local/services/scheduler/router';
import { createSqsService } from '../../local/services/sqs/router';
import { type RunningGateway, startGateway } from './embedded';
import { type RecordedCall, recordingService } from './recording-service';

/** The role of every target. */
export const ROLE = 'arn:aws:iam::000000000000:role/schedules';
/** A function that only notes what it is asked. */
export const FUNCTION = 'arn:aws:lambda:us-east-1:000000000000:function:work';

/** Scheduler and SQS behind a gateway, beside services that only note what they are asked. */
export class SchedulerUnderTest {
  readonly clock: SimulatedClock;
  readonly metrics: { name: string; group: string | undefined }[] = [];
  running!: RunningGateway;
  scheduler!: SchedulerClient;
  sqs!: SQSClient;
  /** What the function answers; throws for a failure. */
  invoke: (input: any) => unknown = () => ({ StatusCode: 202 });
  private readonly neighbours = [
    recordingService('lambda', { Invoke: (input) => this.invoke(input) }),
    recordingService('states', { StartExecution: () => ({}) }),
    recordingService('events', { PutEvents: () => ({ Entries: [{ EventId: '1' }] }) }),
  ];

  constructor(start = '2026-01-01T00:00:00Z') {
    this.clock = new SimulatedClock(Date.parse(start));
  }

  async start(): Promise<void> {
    this.running = await startGateway(
      (host) => [createSqsService(host), createSchedulerService(host), ...this.neighbours],
      { kernel: { clock: this.clock, random: new SeededRandom('schedules') } },
    );
    this.running.gateway.useMetricSink((namespace, name, dimensions) => {
      if (namespace === 'AWS/Scheduler') this.metrics.push({ name, group: dimensions.ScheduleGroup });
    });
    this.scheduler = new SchedulerClient(this.running.client);
    this.sqs = new SQSClient(this.running.client);
  }

  async stop(): Promise<void> {
    this.scheduler.destroy();
    this.sqs.destroy();
    await this.running.close();
  }

  /** What the neighbours were asked, in order. */
  calls(action: string): RecordedCall[] {
    return this.neighbours.flatMap(({ calls }) => calls).filter((call) => call.action === action);
  }

  /** The payloads that the function was handed. */
  payloads(): string[] {
    return this.calls('Invoke').map(({ input }) => String(input.Payload));
  }

  /** A schedule of the function, unless told otherwise. */
  create(
    Name: string,
    ScheduleExpression: string,
    more: Partial<Omit<CreateScheduleCommandInput, 'Target'>> & { Target?: Partial<Target> } = {},
  ) {
    return this.scheduler.send(
      new CreateScheduleCommand({
        Name,
        ScheduleExpression,
        FlexibleTimeWindow: { Mode: 'OFF' },
        ...more,
        Target: { Arn: FUNCTION, RoleArn: ROLE, Input: '{"at":"<aws.scheduler.scheduled-time>"}', ...more.Target },
      }),
    );
  }

  /** URL and ARN of a new queue. */
  async queue(QueueName: string): Promise<{ url: string; arn: string }> {
    const { QueueUrl } = await this.sqs.send(new CreateQueueCommand({ QueueName }));
    return { url: QueueUrl!, arn: `arn:aws:sqs:us-east-1:000000000000:${QueueName}` };
  }

  /** Up to ten messages of a queue. */
  async messages(QueueUrl: string): Promise<Message[]> {
    const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] });
    return (await this.sqs.send(command)).Messages ?? [];
  }
}
