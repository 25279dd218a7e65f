import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { App } from 'aws-cdk-lib';
import { PRICES } from '../../bin/commands/prices';
import { AlertingStack } from '../../lib/stacks/alerting-stack';
import { ApprovalsStack } from '../../lib/stacks/approvals-stack';
import { FanOutStack } from '../../lib/stacks/fan-out-stack';
import { IngestionStack } from '../../lib/stacks/ingestion-stack';
import { ObservabilityStack } from '../../lib/stacks/observability-stack';
import { OrdersStack } from '../../lib/stacks/orders-stack';
import { QuotesStack } from '../../lib/stacks/quotes-stack';
import { production } from '../../lib/stages/production';
import { checkStageSettings } from '../../lib/stages/stage-settings';
import { type EmbeddedAws, startEmbeddedAws } from '../../local/embedded-aws';
import { queryClient } from '../support/query-client';
import { stripeSecretArn } from '../template/stripe-secret';

const outdir = mkdtempSync(path.join(tmpdir(), 'stepwright-production-'));
let aws: EmbeddedAws;

/** The stacks with the settings of production; functions are not bundled: none does anything here. */
function synthesize(): void {
  // With the roles of people, so that IAM's quotas are asked.
  const operators = { operator: ['account'], auditor: ['account'], onCall: ['account'] };
  const settings = checkStageSettings('production', { ...production(stripeSecretArn), operators });
  const app = new App({
    outdir,
    context: {
      'aws:cdk:bundling-stacks': [],
      '@aws-cdk/aws-iam:minimizePolicies': true,
      '@aws-cdk/core:defaultCrossStackReferences': 'strong',
    },
  });
  const alerting = new AlertingStack(app, 'production-alerting', { settings, prices: PRICES });
  const { topics, costs } = alerting;
  const shared = { settings, topics, costs };
  const approvals = new ApprovalsStack(app, 'production-approvals', shared);
  const orders = new OrdersStack(app, 'production-orders', { ...shared, gate: approvals.gate });
  const fanOut = new FanOutStack(app, 'production-fan-out', {
    ...shared,
    buses: { Orders: orders.bus, Approvals: approvals.bus },
    orders: orders.orders,
  });
  const quotes = new QuotesStack(app, 'production-quotes', { ...shared, sources: orders });
  const ingestion = new IngestionStack(app, 'production-ingestion', shared);
  new ObservabilityStack(app, 'production-observability', {
    settings,
    topics,
    prices: PRICES,
    deadLetterQueue: alerting.watcherDeadLetters,
    alarms: alerting.alarms,
    watched: { orders, approvals, ingestion, fanOut, quotes },
    stacks: [alerting, approvals, orders, fanOut, quotes, ingestion],
  });
  app.synth();
  for (const file of readdirSync(outdir).filter((name) => name.endsWith('.assets.json'))) standIn(file);
}

/** Gives the functions that were not bundled a folder with code that does nothing. */
function standIn(manifest: string): void {
  const { files } = JSON.parse(readFileSync(path.join(outdir, manifest), 'utf8'));
  for (const { source } of Object.values<any>(files)) {
    const folder = path.join(outdir, source.path);
    if (existsSync(folder)) continue;
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, 'index.js'), 'exports.handler = async () => undefined;');
  }
}

beforeAll(async () => {
  synthesize();
  aws = await startEmbeddedAws({ port: 0, warn: () => undefined });
}, 120_000);

afterAll(async () => {
  await aws.stop();
  rmSync(outdir, { recursive: true });
});

describe('the production stage', () => {
  it('deploys into the embedded AWS, all stacks of it', async () => {
    await aws.deploy(outdir);
    const client = new CloudFormationClient({
      endpoint: aws.url,
      region: aws.region,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    });
    const { Stacks } = await client.send(new DescribeStacksCommand({}));
    const names = ['alerting', 'approvals', 'fan-out', 'ingestion', 'observability', 'orders', 'quotes'];
    expect(Stacks!.map(({ StackName, StackStatus }) => [StackName, StackStatus]).sort()).toEqual(
      names.map((name) => [`production-${name}`, 'CREATE_COMPLETE']),
    );
    client.destroy();
  }, 60_000);

  it('asks whoever gets the alarms for a confirmation', async () => {
    const sns = queryClient(aws.url, 'sns');
    const subscriptions = await sns('ListSubscriptions');
    expect(subscriptions.texts('Endpoint')).toEqual(['oncall@example.com', 'orders-team@example.com']);
    expect(subscriptions.texts('SubscriptionArn')).toEqual(Array(2).fill('PendingConfirmation'));
  });

  it('lets CloudWatch publish its alarms, through the policies of topic and key', async () => {
    const topics = (await queryClient(aws.url, 'sns')('ListTopics')).texts('TopicArn');
    expect(topics).toHaveLength(2);
    const sourceArn = `arn:aws:cloudwatch:${aws.region}:${aws.accountId}:alarm:a`;
    const cloudWatch = { kind: 'service', principal: 'cloudwatch.amazonaws.com', sourceArn, accountId: aws.accountId };
    for (const TopicArn of topics) {
      const published = aws.gateway.call(cloudWatch as any, 'sns', 'Publish', { TopicArn, Message: 'alarm' });
      expect(await published).toEqual({ MessageId: expect.any(String) });
    }
    const stranger = { ...cloudWatch, principal: 'events.amazonaws.com' } as any;
    const refused = aws.gateway.call(stranger, 'sns', 'Publish', { TopicArn: topics[0], Message: 'x' });
    await expect(refused).rejects.toMatchObject({ code: expect.stringMatching(/AuthorizationError|AccessDenied/) });
  });
});
