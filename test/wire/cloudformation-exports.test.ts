import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudFormationClient,
  DeleteStackCommand,
  ListExportsCommand,
  ListImportsCommand,
  UpdateStackCommand,
} from '@aws-sdk/client-cloudformation';
import { App, CfnOutput, Stack } from 'aws-cdk-lib';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { type EmbeddedAws, startEmbeddedAws } from '../../local/embedded-aws';

let folder: string;
let aws: EmbeddedAws;
let client: CloudFormationClient;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'exports-'));
  aws = await startEmbeddedAws({ port: 0, warn: () => undefined });
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  client = new CloudFormationClient({ endpoint: aws.url, region: aws.region, credentials, maxAttempts: 1 });
});
afterAll(async () => {
  client.destroy();
  await aws.stop();
  rmSync(folder, { recursive: true });
});

/** `approvals` comes first by name, and needs the queue of `orders`. */
function synthesize(): string {
  const app = new App({ outdir: folder, context: { 'aws:cdk:disable-version-reporting': true } });
  const approvals = new Stack(app, 'approvals');
  const orders = new Stack(app, 'orders');
  const queue = new Queue(orders, 'Queue', { queueName: 'orders' });
  const parameter = new StringParameter(approvals, 'Address', { stringValue: queue.queueArn });
  new CfnOutput(approvals, 'Shown', { value: parameter.stringValue });
  return app.synth({ validateOnSynthesis: false }).directory;
}

it('deploys stacks that need one another, and holds an export for as long as it is used', async () => {
  const outputs = await aws.deploy(synthesize());
  const arn = 'arn:aws:sqs:us-east-1:000000000000:orders';
  expect(outputs.approvals).toEqual({ Shown: arn });
  const { Exports } = await client.send(new ListExportsCommand({}));
  expect(Exports).toEqual([
    {
      Name: expect.stringMatching(/^orders:ExportsOutput/),
      Value: arn,
      ExportingStackId: expect.stringContaining(':stack/orders/'),
    },
  ]);
  const ExportName = Exports![0]!.Name!;
  expect((await client.send(new ListImportsCommand({ ExportName }))).Imports).toEqual(['approvals']);

  const TemplateBody = JSON.stringify({ Resources: { Other: { Type: 'AWS::SQS::Queue' } } });
  await client.send(new UpdateStackCommand({ StackName: 'orders', TemplateBody }));
  const held = `Export ${ExportName} cannot be deleted as it is in use by approvals`;
  expect((await history('orders')).statusReasons).toContain(held);
  await expect(client.send(new DeleteStackCommand({ StackName: 'orders' }))).rejects.toMatchObject({
    name: 'ValidationError',
    message: `Delete canceled. Cannot delete export ${ExportName} as it is in use by approvals.`,
  });

  await (await aws.cloudFormation.deleteStack('approvals')).done;
  await expect(client.send(new ListImportsCommand({ ExportName }))).rejects.toMatchObject({
    name: 'ValidationError',
    message: `Export '${ExportName}' is not imported by any stack.`,
  });
  await (await aws.cloudFormation.deleteStack('orders')).done;
  expect((await client.send(new ListExportsCommand({}))).Exports ?? []).toEqual([]);
});

async function history(StackName: string): Promise<{ statusReasons: string }> {
  const caller = { kind: 'user', arn: 'arn:aws:iam::000000000000:user/local', accountId: '000000000000' } as const;
  const { StackEvents } = await aws.gateway.call(caller, 'cloudformation', 'DescribeStackEvents', { StackName });
  return { statusReasons: StackEvents.map((event: any) => event.ResourceStatusReason).join('\n') };
}
