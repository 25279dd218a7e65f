import { compilePolicy, type PolicyKind } from '../../../local/services/iam/policy-document';
import { AwsError } from '../../../local/wire/aws-error';

const statement = { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: '*' };
const trust = { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } };
const document = (Statement: unknown, Version: unknown = '2012-10-17') => ({ Version, Statement });

const accepted: [string, PolicyKind, unknown][] = [
  ['a single statement that stands in no list', 'identity', document(statement)],
  ['the older version', 'identity', document([statement], '2008-10-17')],
  ['a trust policy without resource', 'trust', document([trust])],
  ['a resource policy', 'resource', document([{ ...statement, Principal: '*' }])],
  ['no statement in the list', 'identity', document([])],
];
test.each(accepted)('accepts %s', (_, kind, policy) => {
  expect(() => compilePolicy(policy, kind)).not.toThrow();
});

const refused: [string, PolicyKind, unknown, string][] = [
  ['text', 'identity', 'policy', 'Syntax errors in policy.'],
  ['no statement', 'identity', { Version: '2012-10-17' }, 'Syntax errors in policy.'],
  ['an unknown version', 'identity', document([statement], '2020-01-01'), 'valid version string'],
  ['an unknown effect', 'identity', document([{ ...statement, Effect: 'allow' }]), 'Invalid effect: allow'],
  ['no action', 'identity', document([{ Effect: 'Allow', Resource: '*' }]), 'must contain actions'],
  ['Action and NotAction together', 'identity', document([{ ...statement, NotAction: 'a:B' }]), 'must contain actions'],
  [
    'an action without service',
    'identity',
    document([{ ...statement, Action: 'SendMessage' }]),
    'prefaced by a vendor',
  ],
  ['an unknown element', 'identity', document([{ ...statement, Actions: 'a:B' }]), 'unknown element Actions'],
  [
    'an identity policy with a principal',
    'identity',
    document([{ ...statement, Principal: '*' }]),
    'should not specify a principal',
  ],
  [
    'an identity policy without resource',
    'identity',
    document([{ Effect: 'Allow', Action: 'a:B' }]),
    'must contain resources',
  ],
  ['a trust policy with a resource', 'trust', document([{ ...trust, Resource: '*' }]), 'Has prohibited field Resource'],
  ['a resource policy without principal', 'resource', document([statement]), 'Missing required field Principal'],
  [
    'a resource that is no text',
    'identity',
    document([{ ...statement, Resource: { Ref: 'Queue' } }]),
    'is not a string',
  ],
  [
    'an unknown kind of principal',
    'trust',
    document([{ ...trust, Principal: { Robot: 'x' } }]),
    'Invalid principal in policy',
  ],
  [
    'a principal that is no ARN',
    'trust',
    document([{ ...trust, Principal: { AWS: 'worker' } }]),
    'Invalid principal in policy',
  ],
];
test.each(refused)('rejects %s', (_, kind, policy, message) => {
  expect(() => compilePolicy(policy, kind)).toThrow(AwsError);
  expect(() => compilePolicy(policy, kind)).toThrow(message);
});
