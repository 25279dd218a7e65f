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

/** CloudFormation's rules have their say in every real synthesis, and take longer than all that is asked here. */
process.env.CDK_VALIDATION = 'false';

export const stripeSecretArn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:stripe-AbCdEf';

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

let devTemplates: StageTemplates | undefined;
let productionTemplates: StageTemplates | undefined;

function stacksOfDev(): StageTemplates {
  devTemplates ??= stageTemplates(dev);
  return devTemplates;
}

function stacksOfProduction(): StageTemplates {
  productionTemplates ??= stageTemplates(production(stripeSecretArn));
  return productionTemplates;
}

/** The alerting stack of the stage production; made once per test file. */
export const alertingOfProduction = () => stacksOfProduction().alerting;

/** The orders stack of the stage dev; made once per test file. */
export const ofDev = () => stacksOfDev().orders;

/** The orders stack of the stage production; made once per test file. */
export const ofProduction = () => stacksOfProduction().orders;

/** The approvals stack of the stage dev; made once per test file. */
export const approvalsOfDev = () => stacksOfDev().approvals;

/** The approvals stack of the stage production; made once per test file. */
export const approvalsOfProduction = () => stacksOfProduction().approvals;

/** The fan-out stack of the stage dev; made once per test file. */
export const fanOutOfDev = () => stacksOfDev().fanOut;

/** The fan-out stack of the stage production; made once per test file. */
export const fanOutOfProduction = () => stacksOfProduction().fanOut;

/** The quotes stack of the stage dev; made once per test file. */
export const quotesOfDev = () => stacksOfDev().quotes;

/** The quotes stack of the stage production; made once per test file. */
export const quotesOfProduction = () => stacksOfProduction().quotes;

let ingestionDev: Template | undefined;
let ingestionProduction: Template | undefined;

/** The ingestion stack of the stage dev; made once per test file. */
export function ingestionOfDev(): Template {
  ingestionDev ??= ingestionTemplate(dev);
  return ingestionDev;
}

/** The ingestion stack of the stage production; made once per test file. */
export function ingestionOfProduction(): Template {
  ingestionProduction ??= ingestionTemplate(production(stripeSecretArn));
  return ingestionProduction;
}

/** The resources of a type, by logical id. */
export function resources(template: Template, type: string): [string, any][] {
  return Object.entries(template.findResources(type));
}

/** The ids of the alarms that ring, sorted: parts of them and what steers deployments are left out. */
export function bellsOf(template: Template): string[] {
  return ['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm']
    .flatMap((type) => resources(template, type))
    .filter(([, { Properties }]) => Properties.AlarmActions !== undefined)
    .map(([id]) => id.replace(/^Alarms|[0-9A-F]{8}$/g, ''))
    .sort();
}

/** The logical id of the only resource of a type whose id begins so. Throws when there is none or more than one. */
export function idOf(template: Template, type: string, prefix: string): string {
  const ids = resources(template, type)
    .map(([id]) => id)
    .filter((id) => id.startsWith(prefix));
  if (ids.length !== 1) throw new Error(`${ids.length} resources of ${type} begin with ${prefix}: ${ids.join(', ')}`);
  return ids[0] as string;
}

/** What the role of a function or state machine is granted: `action` on a readable resource, sorted. */
export function grantsOf(template: Template, rolePrefix: string): string[] {
  const role = idOf(template, 'AWS::IAM::Role', rolePrefix);
  const statements = resources(template, 'AWS::IAM::Policy')
    .filter(([, policy]) => policy.Properties.Roles.some((ref: any) => ref.Ref === role))
    .flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement);
  return statements
    .flatMap((statement: any) =>
      [statement.Action]
        .flat()
        .flatMap((action: string) => [statement.Resource].flat().map((resource) => `${action} ${readable(resource)}`)),
    )
    .sort();
}

/** `{'Fn::GetAtt': ['TablesOrdersTable1A2B3C4D', 'Arn']}` as `TablesOrdersTable`. */
function readable(resource: any): string {
  if (typeof resource === 'string') return resource;
  const name = (id: string) => id.replace(/^AWS::/, '').replace(/[0-9A-F]{8}$/, '');
  if (resource.Ref) return name(resource.Ref);
  if (resource['Fn::ImportValue']) return imported(resource['Fn::ImportValue']);
  if (resource['Fn::GetAtt']) {
    const [id, attribute] = resource['Fn::GetAtt'];
    return attribute === 'Arn' ? name(id) : `${name(id)}.${attribute}`;
  }
  return resource['Fn::Join'][1].map(readable).join('');
}

/** `approvals:ExportsOutputFnGetAttKeysApprovalsKey256A3D62ArnDB55A165` as `KeysApprovalsKey of approvals`. */
function imported(name: string): string {
  const [, stack, id] = /^(\w+):ExportsOutput(?:Ref|FnGetAtt)(\w+?)[0-9A-F]{8}(?:Arn)?[0-9A-F]{8}$/.exec(name) ?? [];
  return id ? `${id} of ${stack}` : name;
}

/** The statements of a key's policy by their Sid: actions, principals and conditions in readable form. */
export function keyPolicyOf(template: Template, keyPrefix: string): Record<string, any> {
  const id = idOf(template, 'AWS::KMS::Key', keyPrefix);
  const { Statement } = resources(template, 'AWS::KMS::Key').find(([key]) => key === id)![1].Properties.KeyPolicy;
  return Object.fromEntries(
    Statement.map(({ Sid, Action, Principal, Condition }: any) => [
      Sid,
      {
        actions: [Action].flat(),
        by: Object.values(Principal).flat().map(readable),
        ...(Condition && { when: readableValues(Condition) }),
      },
    ]),
  );
}

function readableValues(condition: object): object {
  return Object.fromEntries(
    Object.entries(condition).map(([operator, keys]) => [
      operator,
      Object.fromEntries(Object.entries(keys as object).map(([key, value]) => [key, readable(value)])),
    ]),
  );
}
