import { ACCOUNT, ask, isAllowed, type Question, ROLE, RULE, USER } from './ask';

const allow = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' };
const deny = { ...allow, Effect: 'Deny' };
const queue = `arn:aws:sqs:us-east-1:${ACCOUNT}:orders`;
const allowPrincipal = (Principal: unknown) => ({ ...allow, Principal, Resource: queue });
const denyPrincipal = (Principal: unknown) => ({ ...deny, Principal, Resource: queue });
const root = { AWS: `arn:aws:iam::${ACCOUNT}:root` };
const role = { AWS: `arn:aws:iam::${ACCOUNT}:role/worker` };
const session = { AWS: `arn:aws:sts::${ACCOUNT}:assumed-role/worker/session` };

describe('a role', () => {
  const allowed: [string, Question][] = [
    ['by its own policy', { identity: [allow] }],
    ['by an action with wildcards', { identity: [{ ...allow, Action: 'sqs:Send*' }] }],
    ['by an action with another case', { identity: [{ ...allow, Action: 'SQS:sendmessage' }] }],
    ['by a question mark for one character', { identity: [{ ...allow, Action: 'sqs:SendMessag?' }] }],
    ['by a resource among several', { identity: [{ ...allow, Resource: ['arn:aws:sqs:*:*:other', queue] }] }],
    [
      'by NotAction that names another action',
      { identity: [{ ...allow, Action: undefined, NotAction: 'sqs:Delete*' }] },
    ],
    [
      'by NotResource that names another one',
      { identity: [{ ...allow, Resource: undefined, NotResource: `${queue}2` }] },
    ],
    ['by the queue policy that names the role', { onResource: [allowPrincipal(role)] }],
    ['by the queue policy that names the session', { onResource: [allowPrincipal(session)] }],
    ['by the queue policy that names everyone', { onResource: [allowPrincipal('*')] }],
    [
      'by its policy where the queue policy speaks of others',
      { identity: [allow], onResource: [allowPrincipal({ Service: 'events.amazonaws.com' })] },
    ],
    ['by its policy inside its boundary', { identity: [allow], boundary: [{ ...allow, Action: 'sqs:*' }] }],
    [
      'by a queue policy for the very session, whatever the boundary',
      { onResource: [allowPrincipal(session)], boundary: [] },
    ],
    [
      'when the deny demands TLS',
      {
        identity: [allow],
        onResource: [{ ...denyPrincipal({ AWS: '*' }), Condition: { Bool: { 'aws:SecureTransport': 'false' } } }],
      },
    ],
    ['when NotPrincipal of a deny names it', { identity: [allow], onResource: [{ ...deny, NotPrincipal: role }] }],
  ];
  test.each(allowed)('is allowed %s', (_, question) => {
    expect(ask(question)).toBeUndefined();
  });

  const implicit = (policy: string) => ({ kind: 'implicit', policy });
  const explicit = (policy: string) => ({ kind: 'explicit', policy });
  const refused: [string, Question, object][] = [
    ['without any policy', {}, implicit('identity-based policy')],
    [
      'for another action',
      { identity: [{ ...allow, Action: 'sqs:ReceiveMessage' }] },
      implicit('identity-based policy'),
    ],
    ['for another resource', { identity: [{ ...allow, Resource: `${queue}2` }] }, implicit('identity-based policy')],
    [
      'for a resource with other capitals',
      { identity: [{ ...allow, Resource: queue.replace('orders', 'Orders') }] },
      implicit('identity-based policy'),
    ],
    [
      'by NotAction that names the action',
      { identity: [{ ...allow, Action: undefined, NotAction: 'sqs:*' }] },
      implicit('identity-based policy'),
    ],
    ['by a deny of its own, before any allow', { identity: [allow, deny] }, explicit('an identity-based policy')],
    [
      'by a deny of the queue',
      { identity: [allow], onResource: [denyPrincipal('*')] },
      explicit('a resource-based policy'),
    ],
    [
      'by a deny of the queue for its role',
      { identity: [allow], onResource: [denyPrincipal(role)] },
      explicit('a resource-based policy'),
    ],
    [
      'by a deny of the queue for its account',
      { identity: [allow], onResource: [denyPrincipal(root)] },
      explicit('a resource-based policy'),
    ],
    [
      'by NotPrincipal of a deny that names another',
      { identity: [allow], onResource: [{ ...deny, NotPrincipal: { AWS: `arn:aws:iam::${ACCOUNT}:role/other` } }] },
      explicit('a resource-based policy'),
    ],
    [
      'by a queue policy that names only its account',
      { onResource: [allowPrincipal(root)] },
      implicit('identity-based policy'),
    ],
    [
      'by a queue policy that names another role',
      { onResource: [allowPrincipal({ AWS: `arn:aws:iam::${ACCOUNT}:role/other` })] },
      implicit('identity-based policy'),
    ],
    [
      'outside its boundary',
      { identity: [allow], boundary: [{ ...allow, Action: 'sqs:Get*' }] },
      implicit('permissions boundary'),
    ],
    ['by a deny of its boundary', { identity: [allow], boundary: [allow, deny] }, explicit('a permissions boundary')],
    [
      'by the queue policy for the role, outside the boundary',
      { onResource: [allowPrincipal(role)], boundary: [] },
      implicit('permissions boundary'),
    ],
    [
      'outside its session policy',
      { identity: [allow], session: [{ ...allow, Resource: `${queue}2` }] },
      implicit('session policy'),
    ],
    ['by a deny of its session policy', { identity: [allow], session: [allow, deny] }, explicit('a session policy')],
    ['by a boundary alone', { boundary: [allow] }, implicit('identity-based policy')],
  ];
  test.each(refused)('is refused %s', (_, question, refusal) => {
    expect(ask(question)).toEqual(refusal);
  });
});

describe('a service', () => {
  const byArn = (arn: string) => ({
    ...allowPrincipal({ Service: 'events.amazonaws.com' }),
    Condition: { ArnEquals: { 'aws:SourceArn': arn } },
  });
  it('is allowed by the resource policy alone, for the source that it names', () => {
    expect(ask({ caller: RULE, onResource: [byArn((RULE as { sourceArn: string }).sourceArn)] })).toBeUndefined();
  });
  it('is refused for a source that the policy does not name (the confused deputy)', () => {
    expect(ask({ caller: RULE, onResource: [byArn(`arn:aws:events:us-east-1:${ACCOUNT}:rule/bus/other`)] })).toEqual({
      kind: 'implicit',
      policy: 'resource-based policy',
    });
  });
  it('is refused for a source account that the policy does not name', () => {
    const statement = (account: string) => ({
      ...allowPrincipal({ Service: 'events.amazonaws.com' }),
      Condition: { StringEquals: { 'aws:SourceAccount': account } },
    });
    expect(isAllowed({ caller: RULE, onResource: [statement('111111111111')] })).toBe(false);
    expect(isAllowed({ caller: RULE, onResource: [statement(ACCOUNT)] })).toBe(true);
  });
  it('is refused when the policy names another service, and when there is none', () => {
    expect(isAllowed({ caller: RULE, onResource: [allowPrincipal({ Service: 'sns.amazonaws.com' })] })).toBe(false);
    expect(isAllowed({ caller: RULE, identity: [{ ...allow, Action: '*' }] })).toBe(false);
  });
  it('is not meant by its account', () => {
    expect(isAllowed({ caller: RULE, onResource: [allowPrincipal(root)] })).toBe(false);
  });
});

describe('the administrator', () => {
  it('is allowed what no policy speaks of', () => {
    expect(isAllowed({ caller: USER })).toBe(true);
  });
  it('is refused by a resource policy that denies', () => {
    expect(ask({ caller: USER, onResource: [denyPrincipal('*')] })).toEqual({
      kind: 'explicit',
      policy: 'a resource-based policy',
    });
  });
});

describe('a key', () => {
  const key = { action: 'kms:Decrypt', resource: `arn:aws:kms:us-east-1:${ACCOUNT}:key/k` };
  const grant = (Principal: unknown) => [{ Effect: 'Allow', Action: 'kms:*', Resource: '*', Principal }];
  const identity = [{ Effect: 'Allow', Action: 'kms:Decrypt', Resource: '*' }];
  it('is used by a role with a grant when its policy trusts the account', () => {
    expect(isAllowed({ ...key, identity, onResource: grant(root) })).toBe(true);
    expect(isAllowed({ ...key, onResource: grant(root) })).toBe(false);
  });
  it('is refused to a role with a grant when its policy names only another role', () => {
    const other = grant({ AWS: `arn:aws:iam::${ACCOUNT}:role/other` });
    expect(ask({ ...key, identity, onResource: other })).toEqual({ kind: 'implicit', policy: 'resource-based policy' });
    expect(isAllowed({ ...key, caller: USER, onResource: other })).toBe(false);
  });
  it('is used by a role that its policy names, without a grant', () => {
    expect(isAllowed({ ...key, caller: ROLE, onResource: grant(role) })).toBe(true);
  });
});
