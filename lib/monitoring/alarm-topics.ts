import { RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

/** How an alarm reaches people: `page` wakes somebody up, `ticket` waits for working hours. */
export type Severity = 'page' | 'ticket';

/** Who is mailed, by severity. A subscription carries nothing until its owner has confirmed it. */
export type AlarmReaders = Readonly<Record<Severity, readonly string[]>>;

/** Two topics, under one key that CloudWatch may use: one that wakes people up, and one that can wait. */
export class AlarmTopics extends Construct implements Readonly<Record<Severity, ITopic>> {
  readonly page: Topic;
  readonly ticket: Topic;

  constructor(scope: Construct, id: string, readers: AlarmReaders) {
    super(scope, id);
    // CloudWatch cannot publish to a topic under alias/aws/sns, whose policy nobody can change, and says so nowhere:
    // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html
    const key = new Key(this, 'Key', {
      description: 'Alarm notifications',
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    key.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        resources: ['*'],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    this.page = this.makeTopic('Page', key, readers.page);
    this.ticket = this.makeTopic('Ticket', key, readers.ticket);
  }

  private makeTopic(id: string, masterKey: Key, emails: readonly string[]): Topic {
    const topic = new Topic(this, id, { masterKey, enforceSSL: true });
    // A topic with a policy of its own has lost the default one, by which CloudWatch may publish:
    // https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
    topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    for (const email of emails) topic.addSubscription(new EmailSubscription(email));
    return topic;
  }
}
