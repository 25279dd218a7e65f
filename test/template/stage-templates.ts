/** Owns how tests synthesize the stacks of a stage: without bundling, and without the rules that every real synthesis asks. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { PRICES } from '../../bin/commands/prices';
import { AlertingStack } from '../../lib/stacks/alerting-stack';
import { ApprovalsStack } from '../../lib/stacks/approvals-stack';
import { FanOutStack } from '../../lib/stacks/fan-out-stack';
import { IngestionStack } from '../../lib/stacks/ingestion-stack';
import { OrdersStack } from '../../lib/stacks/orders-stack';
import { QuotesStack } from '../../lib/stacks/quotes-stack';
import { dev } from '../../lib/stages/dev';
import { production } from '../../lib/stages/production';
import { checkStageSettings } from '../../lib/stages/stage-settings';
import { stripeSecretArn } from './stripe-secret';

/** CloudFormation's rules have their say in every real synthesis, and take longer than all that is asked here. */
process.env.CDK_VALIDATION = 'false';

/** The settings of the stages that are synthesized once for all tests. */
export const settingsOf = { dev, production: production(stripeSecretArn) };

/** The stacks of a stage. */
export interface StageTemplates {
  readonly alerting: Template;
  readonly orders: Template;
  readonly approvals: Template;
  readonly fanOut: Template;
  readonly quotes: Template;
}

/** The stacks of a stage with some settings changed, without bundling and not synthesized yet. */
export function stageStacks(settings: object) {
  const checked = checkStageSettings('test', settings);
  const app = appWithoutBundles();
  const alerting = new AlertingStack(app, 'alerting', { settings: checked, prices: PRICES });
  const { topics, costs } = alerting;
  const shared = { settings: checked, topics, costs };
  const approvals = new ApprovalsStack(app, 'approvals', shared);
  const orders = new OrdersStack(app, 'orders', { ...shared, gate: approvals.gate });
  const quotes = new QuotesStack(app, 'quotes', { ...shared, sources: orders });
  const fanOut = new FanOutStack(app, 'fanout', {
    ...shared,
    buses: { Orders: orders.bus, Approvals: approvals.bus },
    orders: orders.orders,
  });
  Tags.of(app).add('project', 'stepwright');
  Tags.of(app).add('stage', checked.name);
  return { alerting, approvals, orders, fanOut, quotes };
}

/** The stacks of a stage with some settings changed, synthesized without bundling. */
export function stageTemplates(settings: object): StageTemplates {
  const { alerting, approvals, orders, fanOut, quotes } = stageStacks(settings);
  return {
    alerting: Template.fromStack(alerting),
    orders: Template.fromStack(orders),
    approvals: Template.fromStack(approvals),
    fanOut: Template.fromStack(fanOut),
    quotes: Template.fromStack(quotes),
  };
}

/** The ingestion stack of a stage with some settings changed, synthesized without bundling. */
export function ingestionTemplate(settings: object): Template {
  const app = appWithoutBundles();
  const checked = checkStageSettings('test', settings);
  const { topics, costs } = new AlertingStack(app, 'alerting', { settings: checked, prices: PRICES });
  const stack = new IngestionStack(app, 'ingestion', { settings: checked, topics, costs });
  return Template.fromStack(stack);
}

function appWithoutBundles(): App {
  return new App({
    outdir: mkdtempSync(path.join(tmpdir(), 'stepwright-template-')),
    context: {
      'aws:cdk:bundling-stacks': [],
      '@aws-cdk/aws-iam:minimizePolicies': true,
      '@aws-cdk/core:defaultCrossStackReferences': 'strong',
    },
  });
}

/** The orders stack of a stage with some settings changed. */
export function ordersTemplate(settings: object): Template {
  return stageTemplates(settings).orders;
}
