import { DecisionRecord } from '../../../local/services/iam/decision-record';
import type { Access } from '../../../local/wire/service';
import { account, document, trusting } from './account';

const queue = 'arn:aws:sqs:us-east-1:000000000000:orders';
const send: Access = { action: 'sqs:SendMessage', resource: queue };
const arn = 'arn:aws:iam::000000000000:role/worker';

function accountWithWorker(statement: object, properties: object = {}) {
  const all = account();
  const roles = all.provider('AWS::IAM::Role');
  const policies = all.provider('AWS::IAM::Policy');
  roles.create(
    { RoleName: 'worker', AssumeRolePolicyDocument: trusting('lambda.amazonaws.com'), ...properties },
    all.context,
  );
  const policy = { PolicyName: 'grants', PolicyDocument: document(statement), Roles: ['worker'] };
  policies.create(policy, all.context);
  const worker = all.authorizer.assumeRole(arn, 'lambda.amazonaws.com', 'fn');
  return { ...all, roles, policies, policy, worker };
}

const allowSend = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queue };

describe('a decision', () => {
  it('follows the policies that are attached to the role', () => {
    const { authorizer, worker } = accountWithWorker(allowSend);
    expect(() => authorizer.authorize(worker, 'sqs', send, undefined)).not.toThrow();
  });

  it('changes as soon as a policy changes', () => {
    const { authorizer, worker, policies, policy, context } = accountWithWorker(allowSend);
    authorizer.authorize(worker, 'sqs', send, undefined);
    policies.update!('id', { ...policy, PolicyDocument: document({ ...allowSend, Effect: 'Deny' }) }, policy, context);
    expect(() => authorizer.authorize(worker, 'sqs', send, undefined)).toThrow(
      'with an explicit deny in an identity-based policy',
    );
    policies.delete('id', policy, context);
    expect(() => authorizer.authorize(worker, 'sqs', send, undefined)).toThrow(
      'because no identity-based policy allows',
    );
  });

  it('changes when the resource gets another policy', () => {
    const { authorizer, worker } = accountWithWorker(allowSend);
    authorizer.authorize(worker, 'sqs', send, undefined);
    const denied = document({ ...allowSend, Effect: 'Deny', Principal: '*' });
    expect(() => authorizer.authorize(worker, 'sqs', send, denied)).toThrow('explicit deny in a resource-based policy');
    expect(() => authorizer.authorize(worker, 'sqs', send, undefined)).not.toThrow();
    const allowed = document({ ...allowSend, Principal: '*' });
    expect(() => authorizer.authorize(worker, 'sqs', send, allowed)).not.toThrow();
    expect(() => authorizer.authorize(worker, 'sqs', send, denied)).toThrow('explicit deny in a resource-based policy');
  });

  it('tells sessions of a role apart where a policy does', async () => {
    const all = accountWithWorker({ ...allowSend, Resource: 'arn:aws:sqs:::none' });
    const other = all.authorizer.assumeRole(arn, 'lambda.amazonaws.com', 'other');
    const named = document({ ...allowSend, Principal: { AWS: 'arn:aws:sts::000000000000:assumed-role/worker/fn' } });
    expect(() => all.authorizer.authorize(all.worker, 'sqs', send, named)).not.toThrow();
    expect(() => all.authorizer.authorize(other, 'sqs', send, named)).toThrow('is not authorized');
  });

  it('holds one session to its session policy, and not the others', async () => {
    const { authorizer, worker, roles, gateway, context } = accountWithWorker(allowSend);
    const trust = document({
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { AWS: 'arn:aws:iam::000000000000:root' },
    });
    const policies = [{ PolicyName: 'p', PolicyDocument: document(allowSend) }];
    roles.create({ RoleName: 'shared', AssumeRolePolicyDocument: trust, Policies: policies }, context);
    const assume = async (RoleSessionName: string, Policy?: string) => {
      const input = { RoleArn: 'arn:aws:iam::000000000000:role/shared', RoleSessionName, Policy };
      const { Credentials } = await gateway.call(gateway.identify(''), 'sts', 'AssumeRole', input);
      return authorizer.identify(Credentials.AccessKeyId);
    };
    const free = await assume('free');
    const narrow = await assume('narrow', JSON.stringify(document({ ...allowSend, Action: 'sqs:Get*' })));
    expect(() => authorizer.authorize(free, 'sqs', send, undefined)).not.toThrow();
    expect(() => authorizer.authorize(narrow, 'sqs', send, undefined)).toThrow('because no session policy allows');
    expect(() => authorizer.authorize(free, 'sqs', send, undefined)).not.toThrow();
    expect(() => authorizer.authorize(worker, 'sqs', send, undefined)).not.toThrow();
  });

  it('follows the clock where a condition asks for the time', async () => {
    const until = { DateLessThan: { 'aws:CurrentTime': '2026-01-01T01:00:00Z' } };
    const { authorizer, worker, clock } = accountWithWorker({ ...allowSend, Condition: until });
    authorizer.authorize(worker, 'sqs', send, undefined);
    await clock.turn(3_600_000);
    expect(() => authorizer.authorize(worker, 'sqs', send, undefined)).toThrow('is not authorized');
  });

  it('follows the condition keys of each request', () => {
    const passed = { StringEquals: { 'iam:PassedToService': 'states.amazonaws.com' } };
    const { authorizer, worker } = accountWithWorker({
      Effect: 'Allow',
      Action: 'iam:PassRole',
      Resource: '*',
      Condition: passed,
    });
    const to = (service: string) => ({
      action: 'iam:PassRole',
      resource: arn,
      context: { 'iam:PassedToService': service },
    });
    expect(() => authorizer.authorize(worker, 'iam', to('states.amazonaws.com'), undefined)).not.toThrow();
    expect(() => authorizer.authorize(worker, 'iam', to('lambda.amazonaws.com'), undefined)).toThrow(
      'is not authorized',
    );
    expect(() => authorizer.authorize(worker, 'iam', to('states.amazonaws.com'), undefined)).not.toThrow();
  });

  it('knows the tags of the role, and the id of the session', () => {
    const condition = { StringEquals: { 'aws:PrincipalTag/team': 'orders' }, StringLike: { 'aws:userid': 'AROA*:fn' } };
    const properties = { Tags: [{ Key: 'team', Value: 'orders' }] };
    const { authorizer, worker, roles, context } = accountWithWorker(
      { ...allowSend, Condition: condition },
      properties,
    );
    expect(() => authorizer.authorize(worker, 'sqs', send, undefined)).not.toThrow();
    const role = { RoleName: 'worker', AssumeRolePolicyDocument: trusting('lambda.amazonaws.com') };
    roles.update!('worker', { ...role, Tags: [{ Key: 'team', Value: 'other' }] }, { ...role, ...properties }, context);
    expect(() => authorizer.authorize(worker, 'sqs', send, undefined)).toThrow('is not authorized');
  });

  it('stops at the boundary of the role', () => {
    const all = account();
    const bounds = all
      .provider('AWS::IAM::ManagedPolicy')
      .create(
        { ManagedPolicyName: 'bounds', PolicyDocument: document({ ...allowSend, Action: 'sqs:Get*' }) },
        all.context,
      ) as { physicalId: string };
    const properties = {
      RoleName: 'bounded',
      AssumeRolePolicyDocument: trusting('lambda.amazonaws.com'),
      Policies: [{ PolicyName: 'grants', PolicyDocument: document(allowSend) }],
      PermissionsBoundary: bounds.physicalId,
    };
    all.provider('AWS::IAM::Role').create(properties, all.context);
    const caller = all.authorizer.assumeRole('arn:aws:iam::000000000000:role/bounded', 'lambda.amazonaws.com', 'fn');
    expect(() => all.authorizer.authorize(caller, 'sqs', send, undefined)).toThrow(
      'because no permissions boundary allows',
    );
  });

  it("follows AWS's managed policies", () => {
    const basic = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
    const { authorizer, worker } = accountWithWorker(allowSend, { ManagedPolicyArns: [basic] });
    const log = {
      action: 'logs:PutLogEvents',
      resource: 'arn:aws:logs:us-east-1:000000000000:log-group:g:log-stream:s',
    };
    expect(() => authorizer.authorize(worker, 'logs', log, undefined)).not.toThrow();
  });
});

describe('a refusal', () => {
  const message = 'User: arn:aws:sts::000000000000:assumed-role/worker/fn is not authorized to perform: ';
  const cases: [string, Access, string, number, string][] = [
    [
      'dynamodb',
      { action: 'dynamodb:PutItem', resource: 'arn:t' },
      'AccessDeniedException',
      400,
      'dynamodb:PutItem on resource: arn:t because no identity-based policy allows the dynamodb:PutItem action',
    ],
    [
      'lambda',
      { action: 'lambda:InvokeFunction', resource: 'arn:f' },
      'AccessDeniedException',
      403,
      'lambda:InvokeFunction on resource: arn:f because no identity-based policy allows the lambda:InvokeFunction action',
    ],
    ['sts', { action: 'sts:AssumeRole', resource: 'arn:r' }, 'AccessDenied', 403, 'sts:AssumeRole on resource: arn:r'],
    [
      'sqs',
      { action: 'sqs:SendMessage', resource: 'arn:q' },
      'AccessDeniedException',
      403,
      'sqs:sendmessage on resource: arn:q because no identity-based policy allows the sqs:sendmessage action',
    ],
  ];
  test.each(cases)("of %s has AWS's code, status and words", (service, access, code, statusCode, rest) => {
    const { authorizer, worker } = accountWithWorker({ ...allowSend, Resource: 'arn:aws:sqs:::none' });
    const refuse = () => authorizer.authorize(worker, service, access, undefined);
    expect(refuse).toThrow(expect.objectContaining({ code, statusCode, message: message + rest }));
  });
});

describe('assuming a role', () => {
  const rule = 'arn:aws:states:us-east-1:000000000000:stateMachine:orders';

  it('gives a session of the role to a service that it trusts', () => {
    const { worker } = accountWithWorker(allowSend);
    expect(worker).toEqual({
      kind: 'role',
      arn: 'arn:aws:sts::000000000000:assumed-role/worker/fn',
      roleArn: arn,
      accountId: '000000000000',
    });
  });

  it('fails for a service that the role does not trust, and for a role that is not there', () => {
    const { authorizer } = accountWithWorker(allowSend);
    expect(() => authorizer.assumeRole(arn, 'states.amazonaws.com', 'x')).toThrow(
      `User: states.amazonaws.com is not authorized to perform: sts:AssumeRole on resource: ${arn}`,
    );
    expect(() => authorizer.assumeRole(`${arn}2`, 'lambda.amazonaws.com', 'x')).toThrow(
      'is not authorized to perform: sts:AssumeRole',
    );
  });

  it('holds the source that the trust policy asks for', () => {
    const all = account();
    const condition = { StringEquals: { 'aws:SourceAccount': '000000000000' }, ArnLike: { 'aws:SourceArn': rule } };
    const properties = { RoleName: 'machine', AssumeRolePolicyDocument: trusting('states.amazonaws.com', condition) };
    all.provider('AWS::IAM::Role').create(properties, all.context);
    const assume = (source?: string) =>
      all.authorizer.assumeRole('arn:aws:iam::000000000000:role/machine', 'states.amazonaws.com', 'x', source);
    expect(assume(rule).kind).toBe('role');
    expect(() => assume(`${rule}2`)).toThrow('sts:AssumeRole');
    expect(() => assume()).toThrow('sts:AssumeRole');
  });
});

describe('access keys', () => {
  it('stand for the session, whatever the clock says, and are the same for the same session', async () => {
    const { authorizer, worker, clock } = accountWithWorker(allowSend);
    const { accessKeyId } = authorizer.credentialsOf(worker);
    expect(accessKeyId).toMatch(/^ASIA[A-Z2-7]{16}$/);
    await clock.turn(90 * 86_400_000);
    expect(authorizer.identify(accessKeyId)).toEqual(worker);
    expect(authorizer.credentialsOf(worker).accessKeyId).toBe(accessKeyId);
  });

  it('of somebody else stand for the administrator', () => {
    expect(account().authorizer.identify('AKIAIOSFODNN7EXAMPLE').kind).toBe('user');
    expect(account().authorizer.identify('ASIAIOSFODNN7EXAMPLE').kind).toBe('user');
    expect(account().authorizer.identify('test').kind).toBe('user');
  });

  it('made here are refused when their session is gone, instead of standing for the administrator', () => {
    const { authorizer, worker } = accountWithWorker(allowSend);
    const { accessKeyId } = authorizer.credentialsOf(worker);
    expect(() => account().authorizer.identify(accessKeyId)).toThrow(
      expect.objectContaining({ code: 'InvalidClientTokenId' }),
    );
  });
});

it('does not hold a request to a decision that was made without a key of its own', () => {
  const { authorizer, worker } = accountWithWorker(allowSend);
  const inTheClear = { Bool: { 'aws:SecureTransport': 'false' } };
  const denied = { Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: queue, Condition: inTheClear };
  const policy = document(denied);
  authorizer.authorize(worker, 'sqs', send, policy);
  const clear = { ...send, context: { 'aws:SecureTransport': 'false' } };
  expect(() => authorizer.authorize(worker, 'sqs', clear, policy)).toThrow('explicit deny in a resource-based policy');
});

describe('an observer', () => {
  it('is told of every decision on a role, with what it was decided by', () => {
    const { authorizer, worker } = accountWithWorker(allowSend);
    const record = new DecisionRecord();
    authorizer.observeWith(record.add);
    const receive = { action: 'sqs:ReceiveMessage', resource: queue };
    for (let i = 0; i < 3; i++) authorizer.authorize(worker, 'sqs', send, undefined);
    expect(() => authorizer.authorize(worker, 'sqs', receive, undefined)).toThrow();
    expect(record.requests).toEqual([
      expect.objectContaining({ ...send, caller: worker, isAllowed: true, count: 3 }),
      expect.objectContaining({ ...receive, caller: worker, isAllowed: false, count: 1 }),
    ]);
  });

  it('is told whom a role admits and whom it does not', () => {
    const { authorizer } = accountWithWorker(allowSend);
    const record = new DecisionRecord();
    authorizer.observeWith(record.add);
    authorizer.assumeRole(arn, 'lambda.amazonaws.com', 'again');
    expect(() => authorizer.assumeRole(arn, 'states.amazonaws.com', 'never')).toThrow();
    expect(record.requests.map(({ action, resource, isAllowed }) => [action, resource, isAllowed])).toEqual([
      ['sts:AssumeRole', arn, true],
      ['sts:AssumeRole', arn, false],
    ]);
  });
});
