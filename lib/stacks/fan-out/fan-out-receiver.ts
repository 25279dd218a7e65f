import { Duration } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { DataTable } from '../../constructs/data-table';
import { HttpApi } from '../../constructs/http-api';
import type { StageSettings } from '../../stages/stage-settings';
import { fanOutFunction } from './fan-out-functions';

const key = (name: string) => ({ name, type: AttributeType.STRING });

/** A receiver of webhooks for trials: it checks the signature, writes down what it got, and can be made to fail. */
export class FanOutReceiver extends Construct {
  /** Where webhooks are sent. */
  readonly url: string;
  /** One row per event. */
  readonly received: DataTable;
  readonly faults?: DataTable;

  constructor(scope: Construct, id: string, settings: StageSettings, secret: ISecret) {
    super(scope, id);
    const protection = settings.data;
    this.received = new DataTable(this, 'Received', { partitionKey: key('eventId'), protection });
    const api = new HttpApi(this, 'Api', {
      description: 'Receives the webhooks of this stack, for trials',
      logRetention: settings.logRetentionDays as RetentionDays,
      requestsPerSecond: settings.fanOut.requestsPerSecond,
      burst: settings.fanOut.burst,
    });
    this.url = `${api.endpoint}/webhook`;
    const receiveWebhook = fanOutFunction(this, 'ReceiveWebhook', settings, {
      handler: 'receive-webhook',
      description: 'Checks the signature of a webhook and writes down what it got',
      timeout: Duration.seconds(25),
      environment: { RECEIVED_WEBHOOKS_TABLE: this.received.name, WEBHOOK_SECRET_ARN: secret.secretArn },
    });
    receiveWebhook.allow(['dynamodb:UpdateItem'], this.received.arn);
    receiveWebhook.allow(['secretsmanager:GetSecretValue'], secret.secretArn);
    if (settings.hasFaultSwitches) {
      this.faults = new DataTable(this, 'Faults', {
        partitionKey: key('scope'),
        sortKey: key('operation'),
        protection,
      });
      receiveWebhook.allow(['dynamodb:BatchGetItem', 'dynamodb:UpdateItem'], this.faults.arn);
      receiveWebhook.function.addEnvironment('FAULTS_TABLE', this.faults.name);
    }
    api.publicRoute(
      [HttpMethod.POST],
      '/webhook',
      receiveWebhook,
      'A webhook signs its body and not for IAM: what is not signed with the secret is refused.',
    );
  }
}
