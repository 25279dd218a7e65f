import { readFileSync } from 'node:fs';
import path from 'node:path';
import { App, Tags, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { WorkflowChecks } from '../lib/checks/workflow-checks';
import { AlertingStack } from '../lib/stacks/alerting-stack';
import { ApprovalsStack } from '../lib/stacks/approvals-stack';
import { FanOutStack } from '../lib/stacks/fan-out-stack';
import { IngestionStack } from '../lib/stacks/ingestion-stack';
import { ObservabilityStack } from '../lib/stacks/observability-stack';
import { OrdersStack } from '../lib/stacks/orders-stack';
import { QuotesStack } from '../lib/stacks/quotes-stack';
import { findStage } from '../lib/stages/find-stage';
import type { StageSettings } from '../lib/stages/stage-settings';
import { PRICES } from './commands/prices';

/**
 * The CDK CLI hands the context of cdk.json to the app; `tsx bin/app.ts` without it must synthesize the very same
 * templates, so the file is read here too. What the CLI or `-c` says comes first.
 */
function contextOfProject(): Record<string, unknown> {
  const file = path.resolve(__dirname, '../cdk.json');
  const { context } = JSON.parse(readFileSync(file, 'utf8')) as { context: Record<string, unknown> };
  return { 'aws:cdk:enable-path-metadata': true, 'aws:cdk:disable-version-reporting': true, ...context };
}

/** Settings are written by people: what is wrong with them is said in words, without a stack trace. */
function stageOf(app: App): StageSettings {
  try {
    return findStage((name) => app.node.tryGetContext(name));
  } catch (error) {
    console.error((error as Error).message);
    return process.exit(1);
  }
}

const app = new App({ context: contextOfProject() });
const settings = stageOf(app);

// Neither account nor region: one template for every account, the embedded one too, and no credentials to synthesize.
const alerting = new AlertingStack(app, `stepwright-${settings.name}-alerting`, {
  settings,
  prices: PRICES,
  description: `Stepwright: where alarms go (${settings.name})`,
  terminationProtection: settings.isProduction,
});
const { topics, costs } = alerting;
const approvals = new ApprovalsStack(app, `stepwright-${settings.name}-approvals`, {
  settings,
  topics,
  costs,
  description: `Stepwright: approvals (${settings.name})`,
  terminationProtection: settings.isProduction,
});
const orders = new OrdersStack(app, `stepwright-${settings.name}-orders`, {
  settings,
  topics,
  costs,
  gate: approvals.gate,
  description: `Stepwright: orders (${settings.name})`,
  terminationProtection: settings.isProduction,
});
const fanOut = new FanOutStack(app, `stepwright-${settings.name}-fan-out`, {
  settings,
  topics,
  costs,
  buses: { Orders: orders.bus, Approvals: approvals.bus },
  orders: orders.orders,
  description: `Stepwright: fan-out of events (${settings.name})`,
  terminationProtection: settings.isProduction,
});
const quotes = new QuotesStack(app, `stepwright-${settings.name}-quotes`, {
  settings,
  topics,
  costs,
  sources: orders,
  description: `Stepwright: quotes (${settings.name})`,
  terminationProtection: settings.isProduction,
});
const ingestion = new IngestionStack(app, `stepwright-${settings.name}-ingestion`, {
  settings,
  topics,
  costs,
  description: `Stepwright: ingestion (${settings.name})`,
  terminationProtection: settings.isProduction,
});
new ObservabilityStack(app, `stepwright-${settings.name}-observability`, {
  settings,
  topics,
  prices: PRICES,
  deadLetterQueue: alerting.watcherDeadLetters,
  alarms: alerting.alarms,
  watched: { orders, approvals, ingestion, fanOut, quotes },
  stacks: [alerting, approvals, orders, fanOut, quotes, ingestion],
  description: `Stepwright: watchers, dashboards and roles (${settings.name})`,
  terminationProtection: settings.isProduction,
});

Tags.of(app).add('project', 'stepwright');
Tags.of(app).add('stage', settings.name);
Validations.of(app).addPlugins(new WorkflowChecks(), new AwsSolutionsChecks(app));
app.synth();
