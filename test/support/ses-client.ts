import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge';
import {
  CreateConfigurationSetCommand,
  CreateConfigurationSetEventDestinationCommand,
  CreateEmailIdentityCommand,
  type EventType,
  SESv2Client,
  SendEmailCommand,
  type SendEmailCommandInput,
} from '@aws-sdk/client-sesv2';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import { createCloudWatch, createCloudWatchService } from '../../local/services/cloudwatch/router';
import { createEventBridgeService } from '../../local/services/eventbridge/router';
import { createSesService } from '../../local/services/ses/router';
import { createSqsService } from '../../local/services/sqs/router';
import type { Gateway } from '../../local/wire/gateway';
import type { Host } from '../../local/wire/host';
import { type RunningGateway, startGateway } from './embedded';

/** The address that the mails of these tests come from. */
export const SENDER = 'shop@example.com';

/** SES with EventBridge, SQS and CloudWatch behind a gateway, on a clock that the test turns. */
export class SesUnderTest {
  readonly clock = new SimulatedClock();
  running!: RunningGateway;
  ses!: SESv2Client;
  private sqs!: SQSClient;
  private events!: EventBridgeClient;

  /** Starts with one identity, {@link SENDER}. */
  async start(): Promise<void> {
    const kernel = { clock: this.clock, random: new SeededRandom('ses') };
    this.running = await startGateway(
      (host: Host) => {
        const cloudWatch = createCloudWatch(kernel);
        (host as Gateway).useMetricSink(cloudWatch.record);
        return [
          createSesService(host),
          createSqsService(host),
          createEventBridgeService(host),
          createCloudWatchService(host, cloudWatch),
        ];
      },
      { kernel },
    );
    this.ses = new SESv2Client(this.running.client);
    this.sqs = new SQSClient(this.running.client);
    this.events = new EventBridgeClient(this.running.client);
    await this.ses.send(new CreateEmailIdentityCommand({ EmailIdentity: SENDER }));
  }

  async stop(): Promise<void> {
    for (const client of [this.ses, this.sqs, this.events]) client.destroy();
    await this.running.close();
  }

  /** A list as clients ask for it that have no body in such a request: `identities?PageSize=1`. */
  async listed(path: string): Promise<unknown> {
    const scope = 'test/20260101/us-east-1/ses/aws4_request';
    const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
    const answer = await fetch(`${this.running.url}/v2/email/${path}`, { headers: { authorization } });
    return answer.json();
  }

  /** Sends a mail of two parts, from {@link SENDER} to one recipient unless told otherwise; gives its MessageId. */
  async send(to: string, more: Partial<SendEmailCommandInput> = {}): Promise<string> {
    const content = {
      Subject: { Data: 'Your order' },
      Body: { Text: { Data: 'text' }, Html: { Data: '<p>html</p>' } },
    };
    const input = { FromEmailAddress: SENDER, Destination: { ToAddresses: [to] }, Content: { Simple: content } };
    return (await this.ses.send(new SendEmailCommand({ ...input, ...more }))).MessageId!;
  }

  /** A Simple content. */
  simple(subject: string, html?: string, text?: string, more: object = {}): SendEmailCommandInput['Content'] {
    const Body = {
      ...(html !== undefined && { Html: { Data: html } }),
      ...(text !== undefined && { Text: { Data: text } }),
    };
    return { Simple: { Subject: { Data: subject }, Body, ...more } };
  }

  /** A configuration set whose events reach a queue by EventBridge. */
  async configurationSet(ConfigurationSetName: string, ...MatchingEventTypes: EventType[]): Promise<void> {
    await this.ses.send(new CreateConfigurationSetCommand({ ConfigurationSetName }));
    const EventBridgeDestination = { EventBusArn: 'arn:aws:events:us-east-1:000000000000:event-bus/default' };
    await this.ses.send(
      new CreateConfigurationSetEventDestinationCommand({
        ConfigurationSetName,
        EventDestinationName: 'bus',
        EventDestination: { Enabled: true, MatchingEventTypes, EventBridgeDestination },
      }),
    );
    await this.sqs.send(new CreateQueueCommand({ QueueName: 'events' }));
    await this.events.send(new PutRuleCommand({ Name: 'mail', EventPattern: '{"source":["aws.ses"]}' }));
    const Targets = [{ Id: 'queue', Arn: 'arn:aws:sqs:us-east-1:000000000000:events' }];
    await this.events.send(new PutTargetsCommand({ Rule: 'mail', Targets }));
  }

  /** The events that reached the queue, in their order. */
  async published(): Promise<any[]> {
    await this.clock.turn(1000);
    const QueueUrl = `${this.running.url}/000000000000/events`;
    const { Messages = [] } = await this.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    return Messages.map((message) => JSON.parse(message.Body!));
  }

  /** A page of the inbox as a browser asks for it. */
  page(path: string, init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.running.url}${path}`, { ...init, headers: { accept: 'text/html', ...init.headers } });
  }

  /** The same URL as JSON. */
  async json(path: string): Promise<any> {
    return (await fetch(`${this.running.url}${path}`, { headers: { accept: 'application/json' } })).json();
  }
}
