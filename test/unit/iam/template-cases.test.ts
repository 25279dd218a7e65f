import type { Caller } from '../../../local/wire/caller';
import { ACCOUNT, ask, isAllowed, type Question, ROLE, RULE } from './ask';

const role = `arn:aws:iam::${ACCOUNT}:role/waker`;
const key = `arn:aws:kms:us-east-1:${ACCOUNT}:key/k`;
const queue = `arn:aws:sqs:us-east-1:${ACCOUNT}:orders`;
const root = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
const allow = (Action: string, Resource: string, Condition?: object) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition && { Condition }),
});

const passRole = allow('iam:PassRole', role, { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } });
const viaSqs = { StringEquals: { 'kms:ViaService': 'sqs.us-east-1.amazonaws.com' } };
const sealed = { Null: { 'kms:EncryptionContext:requestId': 'false' } };
const sender = { StringEquals: { 'ses:FromAddress': 'approvals@example.com' } };
const pass = { action: 'iam:PassRole', resource: role, identity: [passRole] };
const decrypt = { action: 'kms:Decrypt', resource: key };
const onKey = (Principal: object, Condition: object) => [
  { Effect: 'Allow', Principal, Action: 'kms:*', Resource: '*', Condition },
];
const send = {
  action: 'ses:SendEmail',
  resource: 'arn:aws:ses:us-east-1:1:identity/a',
  identity: [allow('ses:*', '*', sender)],
};
const fromRule = { ArnEquals: { 'aws:SourceArn': RULE.kind === 'service' ? RULE.sourceArn : '' } };
const events = { Service: 'events.amazonaws.com' };
const delivers = (Condition: object) => [{ ...allow('sqs:SendMessage', queue, Condition), Principal: events }];
const stranger: Caller = {
  ...ROLE,
  accountId: '111122223333',
  arn: 'arn:aws:sts::111122223333:assumed-role/x/y',
} as Caller;
const machine = (name: string): Caller => ({
  kind: 'service',
  principal: 'states.amazonaws.com',
  sourceArn: `arn:aws:states:us-east-1:${ACCOUNT}:${name}`,
  accountId: ACCOUNT,
});
const trusted = [
  {
    Effect: 'Allow',
    Principal: { Service: 'states.amazonaws.com' },
    Action: 'sts:AssumeRole',
    Condition: {
      StringEquals: { 'aws:SourceAccount': ACCOUNT },
      ArnLike: { 'aws:SourceArn': `arn:aws:states:us-east-1:${ACCOUNT}:stateMachine:*` },
    },
  },
];
const assume = { action: 'sts:AssumeRole', resource: role, onResource: trusted };

/** Statements as the stacks have them, each with a request that they are for, and one that they are not for. */
const CASES: [string, Question, Question][] = [
  [
    'a role is passed to the one service that it is for',
    { ...pass, context: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
    { ...pass, context: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
  ],
  [
    'no role is passed without a service',
    { ...pass, context: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
    pass,
  ],
  [
    'a key is used through SQS alone, by whom the account lets',
    {
      ...decrypt,
      identity: [allow('kms:Decrypt', key)],
      onResource: onKey(root, viaSqs),
      context: { 'kms:ViaService': 'sqs.us-east-1.amazonaws.com' },
    },
    { ...decrypt, identity: [allow('kms:Decrypt', key)], onResource: onKey(root, viaSqs) },
  ],
  [
    'a token is sealed for a request, and not without one',
    {
      ...decrypt,
      onResource: onKey({ AWS: `arn:aws:iam::${ACCOUNT}:role/worker` }, sealed),
      context: { 'kms:EncryptionContext:requestId': 'r' },
    },
    { ...decrypt, onResource: onKey({ AWS: `arn:aws:iam::${ACCOUNT}:role/worker` }, sealed) },
  ],
  [
    'mail goes out in one name',
    { ...send, context: { 'ses:FromAddress': 'approvals@example.com' } },
    { ...send, context: { 'ses:FromAddress': 'boss@example.com' } },
  ],
  [
    'a rule delivers, and no other rule',
    { caller: RULE, onResource: delivers(fromRule) },
    {
      caller: { ...RULE, sourceArn: `${RULE.kind === 'service' && RULE.sourceArn}2` } as Caller,
      onResource: delivers(fromRule),
    },
  ],
  [
    'a machine takes its role, and nothing else of Step Functions',
    { ...assume, caller: machine('stateMachine:orders') },
    { ...assume, caller: machine('activity:orders') },
  ],
  [
    'a machine of another account does not take it',
    { ...assume, caller: machine('stateMachine:orders') },
    { ...assume, caller: { ...machine('stateMachine:orders'), accountId: '111122223333' } },
  ],
  [
    'a role of another account is nobody to a resource that trusts its own',
    {
      onResource: [
        { ...allow('sqs:SendMessage', queue), Principal: { AWS: ROLE.kind === 'role' ? ROLE.roleArn : '' } },
      ],
    },
    {
      caller: { ...stranger, roleArn: 'arn:aws:iam::111122223333:role/x' } as Caller,
      onResource: [{ ...allow('sqs:SendMessage', queue), Principal: root }],
    },
  ],
  [
    'nothing is taken in the clear',
    { identity: [allow('sqs:*', '*')], onResource: inTheClearDenied() },
    { identity: [allow('sqs:*', '*')], onResource: inTheClearDenied(), context: { 'aws:SecureTransport': 'false' } },
  ],
];

test.each(CASES)('%s', (_, wanted, unwanted) => {
  expect(ask(wanted)).toBeUndefined();
  expect(isAllowed(unwanted)).toBe(false);
});

function inTheClearDenied(): object[] {
  const Condition = { Bool: { 'aws:SecureTransport': 'false' } };
  return [{ Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sqs:*', Resource: queue, Condition }];
}
