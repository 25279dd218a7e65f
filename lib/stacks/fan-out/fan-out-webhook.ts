import { Duration, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { TaskFunction } from '../../constructs/task-function';
import type { StageSettings } from '../../stages/stage-settings';
import { fanOutFunction } from './fan-out-functions';
import { FanOutReceiver } from './fan-out-receiver';
import type { FanOutTables } from './fan-out-tables';

/** What the webhook works with. */
export interface FanOutWebhookProps {
  readonly settings: StageSettings;
  readonly tables: FanOutTables;
}

/** The webhook: its secret, its address or the built-in receiver, and the function that calls it. */
export class FanOutWebhook extends Construct {
  readonly secret: Secret;
  readonly callWebhook: TaskFunction;
  readonly receiver?: FanOutReceiver;

  constructor(scope: Construct, id: string, { settings, tables }: FanOutWebhookProps) {
    super(scope, id);
    const { webhook, breaker } = settings.fanOut;
    // Letters and digits, a multiple of four: base64 of 36 bytes, as Standard Webhooks has its secrets.
    this.secret = new Secret(this, 'Secret', {
      description: 'What webhooks are signed with; after a rotation the previous value is live too',
      generateSecretString: { excludePunctuation: true, passwordLength: 48 },
      removalPolicy: settings.data.onDelete === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    });
    Validations.of(this.secret).acknowledge({
      id: 'AwsSolutions-SMG4',
      reason:
        'The receiver has the same secret and must be told of a new one: it is rotated by hand, see lambdas/fan-out.',
    });
    if (webhook.receiver === 'built-in') this.receiver = new FanOutReceiver(this, 'Receiver', settings, this.secret);
    const url = webhook.receiver === 'built-in' ? this.receiver?.url : webhook.url;
    this.callWebhook = fanOutFunction(this, 'CallWebhook', settings, {
      handler: 'call-webhook',
      description: 'Sends an event to the webhook, signed and once, unless it is down',
      timeout: Duration.seconds(10),
      environment: {
        WEBHOOK_URL: url as string,
        WEBHOOK_SECRET_ARN: this.secret.secretArn,
        BREAKERS_TABLE: tables.breakers.name,
        BREAKER_FAILURES: String(breaker.failures),
        BREAKER_WINDOW_SECONDS: String(breaker.windowSeconds),
        BREAKER_OPEN_SECONDS: String(breaker.openSeconds),
        BREAKER_LONGEST_PAUSE_SECONDS: String(breaker.longestPauseSeconds),
      },
    });
    tables.grantRecords(this.callWebhook);
    this.callWebhook.allow(['dynamodb:GetItem', 'dynamodb:PutItem'], tables.breakers.arn);
    this.callWebhook.allow(['secretsmanager:GetSecretValue'], this.secret.secretArn);
  }
}
