import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { type Deployment, readDeployment } from './deployment';
import { OperatorLog } from './operator-log';

/** What an operator's command works with: the deployment, clients of its region, and the record of what is done. */
export class Aws {
  readonly cloudwatch: CloudWatchClient;
  readonly logs: CloudWatchLogsClient;
  readonly dynamodb: DynamoDBClient;
  readonly events: EventBridgeClient;
  readonly lambda: LambdaClient;
  readonly s3: S3Client;
  readonly ses: SESv2Client;
  readonly sfn: SFNClient;
  readonly sqs: SQSClient;
  readonly operatorLog: OperatorLog;
  private readonly sts: STSClient;
  private who?: string;

  constructor(readonly deployment: Deployment) {
    const config = { region: deployment.region };
    this.cloudwatch = new CloudWatchClient(config);
    this.logs = new CloudWatchLogsClient(config);
    this.dynamodb = new DynamoDBClient(config);
    this.events = new EventBridgeClient(config);
    this.lambda = new LambdaClient(config);
    this.s3 = new S3Client(config);
    this.ses = new SESv2Client(config);
    this.sfn = new SFNClient(config);
    this.sqs = new SQSClient(config);
    this.sts = new STSClient(config);
    this.operatorLog = new OperatorLog(this.logs, () => this.caller());
  }

  /** Opens the deployment that an outputs file names, hands it to `work`, and closes all connections. */
  static async using<T>(outputsFile: string | undefined, work: (aws: Aws) => Promise<T>): Promise<T> {
    if (!outputsFile) throw new Error('Which stacks? Give the file that cdk deploy wrote: --outputs outputs.json.');
    const aws = new Aws(await readDeployment(outputsFile));
    return work(aws).finally(() => aws.close());
  }

  /** The ARN of whoever types: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html */
  async caller(): Promise<string> {
    this.who ??= (await this.sts.send(new GetCallerIdentityCommand({}))).Arn!;
    return this.who;
  }

  close(): void {
    const { cloudwatch, logs, dynamodb, events, lambda, s3, ses, sfn, sqs, sts } = this;
    for (const client of [cloudwatch, logs, dynamodb, events, lambda, s3, ses, sfn, sqs, sts]) client.destroy();
  }
}
