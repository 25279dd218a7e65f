import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { App, Tags } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { OrdersStack } from '../../lib/stacks/orders-stack';
import { dev } from '../../lib/stages/dev';
import { production } from '../../lib/stages/production';
import { checkStageSettings } from '../../lib/stages/stage-settings';

export const stripeSecretArn = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:stripe-AbCdEf';

/** The orders stack of a stage with some settings changed, synthesized without bundling. */
export function ordersTemplate(settings: object): Template {
  const checked = checkStageSettings('test', settings);
  const app = new App({
    outdir: mkdtempSync(path.join(tmpdir(), 'stepwright-template-')),
    context: { 'aws:cdk:bundling-stacks': [], '@aws-cdk/aws-iam:minimizePolicies': true },
  });
  const stack = new OrdersStack(app, 'orders', { settings: checked });
  Tags.of(app).add('project', 'stepwright');
  Tags.of(app).add('stage', checked.name);
  return Template.fromStack(stack);
}

let devTemplate: Template | undefined;
let productionTemplate: Template | undefined;

/** The orders stack of the stage dev; made once per test file. */
export function ofDev(): Template {
  devTemplate ??= ordersTemplate(dev);
  return devTemplate;
}

/** The orders stack of the stage production; made once per test file. */
export function ofProduction(): Template {
  productionTemplate ??= ordersTemplate(production(stripeSecretArn));
  return productionTemplate;
}

/** The resources of a type, by logical id. */
export function resources(template: Template, type: string): [string, any][] {
  return Object.entries(template.findResources(type));
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
  const name = (id: string) => id.replace(/[0-9A-F]{8}$/, '');
  if (resource.Ref) return name(resource.Ref);
  if (resource['Fn::GetAtt']) {
    const [id, attribute] = resource['Fn::GetAtt'];
    return attribute === 'Arn' ? name(id) : `${name(id)}.${attribute}`;
  }
  return resource['Fn::Join'][1].map(readable).join('');
}
