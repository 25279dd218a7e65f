import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { PeopleRoles } from '../../lib/constructs/roles/people-roles';
import { IngestionStack } from '../../lib/stacks/ingestion-stack';
import { production } from '../../lib/stages/production';
import { checkStageSettings } from '../../lib/stages/stage-settings';
import { stageStacks } from './stage-templates';
import { stripeSecretArn } from './stripe-secret';
import { resources } from './synthesized';

const PERMISSION_SET = 'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_OnCall_*';
const OPERATORS = {
  operator: ['account', 'arn:aws:iam::111122223333:role/team/operators'],
  auditor: [] as string[],
  onCall: [PERMISSION_SET],
};

let templates: Record<string, Template>;

beforeAll(() => {
  const settings = { ...production(stripeSecretArn), operators: OPERATORS };
  const stacks: Record<string, Stack> = stageStacks(settings);
  const app = stacks.alerting!.node.root as never;
  const { topics, costs } = stacks.alerting as never;
  stacks.ingestion = new IngestionStack(app, 'ingestion', {
    settings: checkStageSettings('test', settings),
    topics,
    costs,
  });
  stacks.people = new Stack(app, 'people');
  new PeopleRoles(stacks.people, 'People', { operators: OPERATORS, stacks: Object.values(stacks) });
  templates = Object.fromEntries(Object.entries(stacks).map(([name, stack]) => [name, Template.fromStack(stack)]));
});

interface Statement {
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: unknown;
}

/** Statements of people's policies: of a stack, or of all; of a role, or of all. */
function statements(stack?: string, role = /./): Statement[] {
  return Object.entries(templates)
    .filter(([name]) => stack === undefined || stack === name)
    .flatMap(([, template]) => [
      ...resources(template, 'AWS::IAM::ManagedPolicy'),
      ...resources(template, 'AWS::IAM::Policy').filter(([id]) => id.startsWith('People')),
    ])
    .filter(([id]) => /^(Access|People)/.test(id) && role.test(id))
    .flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement);
}

const actionsOf = (them: readonly Statement[]) =>
  new Set(them.filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => [Action].flat()));

/** The resources on which an action is allowed, as text. */
const resourcesFor = (action: string, stack: string) =>
  JSON.stringify(
    statements(stack)
      .filter(({ Action }) => [Action].flat().includes(action))
      .map(({ Resource }) => Resource),
  );

const trustOf = (role: string) =>
  resources(templates.people!, 'AWS::IAM::Role').find(([id]) => id.startsWith(`People${role}`))?.[1].Properties
    .AssumeRolePolicyDocument.Statement;

describe('the roles of people', () => {
  it('are made for those who are named, and for nobody else', () => {
    expect(Object.keys(templates.people!.toJSON().Outputs)).toEqual(
      expect.arrayContaining(['OperatorRoleArn', 'OnCallRoleArn']),
    );
    expect(trustOf('Auditor')).toBeUndefined();
    const [{ Principal }, ...more] = trustOf('Operator');
    expect(more).toEqual([]);
    expect(Principal.AWS).toEqual([
      'arn:aws:iam::111122223333:role/team/operators',
      { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']] },
    ]);
    expect(trustOf('OnCall')).toEqual([
      {
        Action: 'sts:AssumeRole',
        Effect: 'Allow',
        Principal: { AWS: 'arn:aws:iam::111122223333:root' },
        Condition: { ArnLike: { 'aws:PrincipalArn': PERMISSION_SET } },
      },
    ]);
  });

  it('have their policies in each stack whether or not there is a role, exported under a name that stays', () => {
    for (const [name, template] of Object.entries(templates).filter(([each]) => each !== 'people')) {
      const policies = resources(template, 'AWS::IAM::ManagedPolicy').map(([id]) => id);
      expect([name, policies.filter((id) => id.startsWith('AccessAuditor')).length]).toEqual([name, 1]);
      const exported = JSON.stringify(template.toJSON().Outputs);
      expect(policies.filter((id) => !exported.includes(`"Ref":"${id}"`))).toEqual([]);
    }
  });

  it('have at most the ten managed policies that IAM lets a role have', () => {
    const roles = resources(templates.people!, 'AWS::IAM::Role').map(([, { Properties }]) => Properties);
    expect(roles.map(({ ManagedPolicyArns }) => ManagedPolicyArns.length <= 10)).toEqual([true, true]);
  });

  it.each([
    ['use a key', /^kms:/],
    ['decide in the place of a workflow', /^states:(SendTask|GetActivityTask)/],
    [
      'change a definition',
      /^(states:(Create|Update|Publish|DeleteStateMachine$)|cloudformation:(?!ListStackResources)|lambda:(?!Get|List|UpdateEventSourceMapping))/,
    ],
    [
      'delete data',
      /^(dynamodb:(?!GetItem|Query|Scan|Describe)|s3:Delete|sqs:(Purge|DeleteQueue)|logs:(Delete|PutRetention))/,
    ],
    ['read secrets', /^(secretsmanager|ssm):/],
    ['change who may do what', /^(iam:(?!GetRole$)|sts:)|Policy$|Permission$/],
    ['do anything that begins so', /\*/],
  ])('cannot %s', (_what, forbidden) => {
    const all = actionsOf(statements());
    expect(all.size).toBeGreaterThan(50);
    expect([...all].filter((action) => forbidden.test(action))).toEqual([]);
  });

  it('do not reach the rows of approvals, nor the messages in which task tokens are', () => {
    const [sealed] = resources(templates.approvals!, 'AWS::SQS::Queue').filter(
      ([id, { Properties }]) => Properties.KmsMasterKeyId && id.includes('DeadLetter'),
    );
    expect(resourcesFor('sqs:GetQueueAttributes', 'approvals')).toContain(sealed![0]);
    for (const action of ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:StartMessageMoveTask', 'sqs:SendMessage']) {
      expect(resourcesFor(action, 'approvals')).not.toContain(sealed![0]);
    }
    for (const action of ['dynamodb:GetItem', 'dynamodb:Scan', 'dynamodb:Query']) {
      expect(resourcesFor(action, 'approvals')).not.toContain('TablesApprovals');
    }
  });

  it('do not reach sealed histories', () => {
    expect(resourcesFor('states:GetExecutionHistory', 'orders')).toContain('orders-reconciliation:*');
    expect(resourcesFor('states:GetExecutionHistory', 'orders')).not.toMatch(/saga|undo/);
    expect(resourcesFor('states:RedriveExecution', 'orders')).not.toMatch(/saga|undo/);
  });

  it('stop executions of every machine but of undos', () => {
    const stopped = resourcesFor('states:StopExecution', 'orders');
    expect(stopped).toMatch(/orders-saga:\*/);
    expect(stopped).toMatch(/orders-reconciliation:\*/);
    expect(stopped).not.toMatch(/undo/);
  });

  it('name exactly what they change: queues, rules, mappings, tables and buses', () => {
    for (const action of [
      'sqs:SendMessage',
      'sqs:DeleteMessage',
      'events:DisableRule',
      'lambda:UpdateEventSourceMapping',
    ]) {
      const them = statements().filter(({ Action }) => [Action].flat().includes(action));
      expect(them.length).toBeGreaterThan(0);
      expect(them.filter(({ Resource }) => JSON.stringify(Resource).includes('*'))).toEqual([]);
    }
  });

  it('leave replays, redrives and repairs to operators, and mutes to those on call', () => {
    const onCall = actionsOf(statements(undefined, /OnCall/));
    expect(
      [...onCall].filter((action) => /Redrive|DeleteMessage|MoveTask$|PutEvents|StartExecution/.test(action)),
    ).toEqual(['sqs:ListMessageMoveTasks'].filter((action) => onCall.has(action)));
    expect(actionsOf(statements(undefined, /Operator/))).not.toContain('cloudwatch:PutAlarmMuteRule');
    expect(onCall).toContain('cloudwatch:PutAlarmMuteRule');
  });

  it('let auditors look only', () => {
    const changes = /:(?!Get|List|Describe|Scan|Query|Filter|Invoke)/;
    expect([...actionsOf(statements(undefined, /Auditor/))].filter((action) => changes.test(action))).toEqual([]);
  });
});
