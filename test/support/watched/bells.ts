import type { OpsStacks } from '../ops-stacks';

/** A notification, as whoever subscribed to the topics of the alarms gets it. */
export interface Bell {
  readonly severity: 'page' | 'ticket';
  /** The alarm's name without its stack: `orders-failing`. */
  readonly alarm: string;
  /** The stack that the alarm watches, without project and stage: `orders`. */
  readonly stack: string;
  readonly state: 'ALARM' | 'OK' | 'INSUFFICIENT_DATA';
  /** When the state changed, in milliseconds since the epoch. */
  readonly atMs: number;
  /** Who answers for it, if the notification says so. */
  readonly owner: string | undefined;
  /** The address of its page in docs/runbooks, if the notification names one. */
  readonly runbook: string | undefined;
}

/** A queue that is subscribed to both topics of the alarms. */
export class Bells {
  /** All that have rung, in the order of their arrival. */
  readonly heard: Bell[] = [];

  private constructor(
    private readonly stacks: OpsStacks,
    private readonly queueUrl: string,
    private readonly severities: ReadonlyMap<string, Bell['severity']>,
  ) {}

  /** Subscribes the queue to both. */
  static async subscribe(stacks: OpsStacks): Promise<Bells> {
    const topics = Object.values(stacks.stacks.deployed).find((outputs) => outputs.PageTopicArn)!;
    const severities = new Map<string, Bell['severity']>([
      [topics.PageTopicArn!, 'page'],
      [topics.TicketTopicArn!, 'ticket'],
    ]);
    const { QueueUrl } = await stacks.call('sqs', 'CreateQueue', { QueueName: 'bells' });
    const { Attributes } = await stacks.call('sqs', 'GetQueueAttributes', { QueueUrl, AttributeNames: ['QueueArn'] });
    const Policy = JSON.stringify({
      Version: '2012-10-17',
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: Attributes.QueueArn,
        Condition: { ArnEquals: { 'aws:SourceArn': [...severities.keys()] } },
      },
    });
    await stacks.call('sqs', 'SetQueueAttributes', { QueueUrl, Attributes: { Policy } });
    for (const TopicArn of severities.keys()) {
      await stacks.call('sns', 'Subscribe', { TopicArn, Protocol: 'sqs', Endpoint: Attributes.QueueArn });
    }
    return new Bells(stacks, QueueUrl, severities);
  }

  /** Takes what has arrived; gives what is new. */
  async listen(): Promise<Bell[]> {
    const news: Bell[] = [];
    for (;;) {
      const input = { QueueUrl: this.queueUrl, MaxNumberOfMessages: 10 };
      const { Messages = [] } = await this.stacks.call('sqs', 'ReceiveMessage', input);
      if (Messages.length === 0) break;
      for (const { Body, ReceiptHandle } of Messages) {
        news.push(this.read(JSON.parse(Body)));
        await this.stacks.call('sqs', 'DeleteMessage', { QueueUrl: this.queueUrl, ReceiptHandle });
      }
    }
    this.heard.push(...news);
    return news;
  }

  /** The last word about the alarm of that name of any stack, if that is that it rings. */
  ringing(alarm: string): Bell | undefined {
    const last = new Map(this.heard.filter((bell) => bell.alarm === alarm).map((bell) => [bell.stack, bell]));
    return [...last.values()].find(({ state }) => state === 'ALARM');
  }

  /** What rang since a moment, in short: `page orders: orders-failing`. */
  rungSince(atMs: number): string[] {
    return this.heard
      .filter((bell) => bell.state === 'ALARM' && bell.atMs >= atMs)
      .map(({ severity, stack, alarm }) => `${severity} ${stack}: ${alarm}`);
  }

  private read({ TopicArn, Message }: { TopicArn: string; Message: string }): Bell {
    const { AlarmName, AlarmDescription, NewStateValue, StateChangeTime } = JSON.parse(Message);
    const [, stack, alarm] =
      /^stepwright-[a-z]+-(alerting|approvals|orders|fan-out|quotes|ingestion|observability)-(.+)$/.exec(AlarmName)!;
    return {
      severity: this.severities.get(TopicArn)!,
      alarm: alarm!,
      stack: stack!,
      state: NewStateValue,
      atMs: Date.parse(StateChangeTime),
      owner: /Owner: (.+?)\. Runbook:/.exec(AlarmDescription ?? '')?.[1],
      runbook: /Runbook: (\S+)$/.exec(AlarmDescription ?? '')?.[1],
    };
  }
}
