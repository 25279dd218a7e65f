/** Owns what tests ask the templates of the stages: made once for all test files, read here. */
import { readFileSync } from 'node:fs';
import { Template } from 'aws-cdk-lib/assertions';
import { type PreparedStack, type PreparedStage, templateFile } from '../support/templates-folder';

const read = new Map<string, Template>();

function prepared(stage: PreparedStage, stack: PreparedStack): Template {
  const file = templateFile(stage, stack);
  const template = read.get(file) ?? Template.fromString(readFileSync(file, 'utf8'));
  read.set(file, template);
  return template;
}

/** The alerting stack of the stage production. */
export const alertingOfProduction = () => prepared('production', 'alerting');

/** The orders stack of the stage dev. */
export const ofDev = () => prepared('dev', 'orders');

/** The orders stack of the stage production. */
export const ofProduction = () => prepared('production', 'orders');

/** The approvals stack of the stage dev. */
export const approvalsOfDev = () => prepared('dev', 'approvals');

/** The approvals stack of the stage production. */
export const approvalsOfProduction = () => prepared('production', 'approvals');

/** The fan-out stack of the stage dev. */
export const fanOutOfDev = () => prepared('dev', 'fanOut');

/** The fan-out stack of the stage production. */
export const fanOutOfProduction = () => prepared('production', 'fanOut');

/** The quotes stack of the stage dev. */
export const quotesOfDev = () => prepared('dev', 'quotes');

/** The quotes stack of the stage production. */
export const quotesOfProduction = () => prepared('production', 'quotes');

/** The ingestion stack of the stage dev. */
export const ingestionOfDev = () => prepared('dev', 'ingestion');

/** The ingestion stack of the stage production. */
export const ingestionOfProduction = () => prepared('production', 'ingestion');

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
