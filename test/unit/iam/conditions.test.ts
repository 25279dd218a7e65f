import { ACCOUNT, allowIf, isAllowed } from './ask';

const arn = `arn:aws:sns:eu-west-1:${ACCOUNT}:topic:part`;
const yes = true;
const no = false;

// operator, the policy's value, the request's value (undefined: no such key), whether it holds
const cases: [string, unknown, string | string[] | undefined, boolean][] = [
  ['StringEquals', 'a', 'a', yes],
  ['StringEquals', 'a', 'A', no],
  ['StringEquals', ['b', 'a'], 'a', yes],
  ['StringEquals', 'a*', 'ab', no],
  ['StringEquals', 'a', undefined, no],
  ['StringEqualsIfExists', 'a', undefined, yes],
  ['StringEqualsIfExists', 'a', 'b', no],
  ['StringNotEquals', 'a', 'b', yes],
  ['StringNotEquals', ['a', 'b'], 'b', no],
  ['StringNotEquals', 'a', undefined, yes],
  ['StringEqualsIgnoreCase', 'aB', 'Ab', yes],
  ['StringNotEqualsIgnoreCase', 'aB', 'Ab', no],
  ['StringLike', 'a*c?', 'abbbcd', yes],
  ['StringLike', 'a*c?', 'abbbc', no],
  ['StringNotLike', 'a*', 'abc', no],
  ['StringNotLike', 'a*', 'bc', yes],
  ['NumericEquals', '10', '10.0', yes],
  ['NumericNotEquals', '10', '11', yes],
  ['NumericLessThan', '10', '9', yes],
  ['NumericLessThan', '10', '10', no],
  ['NumericLessThanEquals', 10, '10', yes],
  ['NumericGreaterThan', '10', '10', no],
  ['NumericGreaterThanEquals', '10', '10', yes],
  ['NumericEquals', '10', 'ten', no],
  ['NumericEquals', '0', '', no],
  ['DateEquals', '2026-01-01T00:00:00Z', '1767225600', yes],
  ['DateNotEquals', '2026-01-01T00:00:00Z', '1767225601', yes],
  ['DateLessThan', '2026-01-02', '2026-01-01T10:00:00Z', yes],
  ['DateLessThanEquals', '2026-01-01T10:00:00Z', '2026-01-01T10:00:00Z', yes],
  ['DateGreaterThan', '2026-01-02', '2026-01-01', no],
  ['DateGreaterThanEquals', '2026-01-02', '2026-01-02', yes],
  ['Bool', 'true', 'True', yes],
  ['Bool', true, 'true', yes],
  ['Bool', 'true', 'false', no],
  ['Bool', 'false', undefined, no],
  ['BoolIfExists', 'false', undefined, yes],
  ['BinaryEquals', 'QmluYXJ5', 'QmluYXJ5', yes],
  ['BinaryEquals', 'QmluYXJ5', 'T3RoZXI=', no],
  ['IpAddress', '203.0.113.0/24', '203.0.113.9', yes],
  ['IpAddress', '203.0.113.0/24', '203.0.114.9', no],
  ['IpAddress', '203.0.113.9', '203.0.113.9', yes],
  ['IpAddress', '2001:db8::/32', '2001:db8::1', yes],
  ['IpAddress', '2001:db8::/32', '203.0.113.9', no],
  ['NotIpAddress', '203.0.113.0/24', '203.0.113.9', no],
  ['NotIpAddress', '203.0.113.0/24', '203.0.114.9', yes],
  ['ArnEquals', arn, arn, yes],
  ['ArnEquals', 'arn:aws:sns:*:*:topic:*', arn, yes],
  ['ArnLike', 'arn:aws:sns:eu-*:*:*', arn, yes],
  // A wildcard stays inside its component.
  ['ArnLike', 'arn:aws:sns:*:topic:part', arn, no],
  ['ArnNotEquals', arn, arn, no],
  ['ArnNotLike', 'arn:aws:sqs:*:*:*', arn, yes],
  ['ArnLike', 'arn:aws:*', arn, no],
  ['Null', 'true', undefined, yes],
  ['Null', 'true', 'a', no],
  ['Null', 'false', 'a', yes],
  ['Null', true, undefined, yes],
  ['Null', 'true', [], yes],
  ['Null', 'false', [], no],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'b'], yes],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], no],
  ['ForAllValues:StringEquals', ['a', 'b'], undefined, yes],
  ['ForAllValues:StringEquals', ['a', 'b'], [], yes],
  ['ForAnyValue:StringEquals', ['a', 'b'], ['c', 'b'], yes],
  ['ForAnyValue:StringEquals', ['a', 'b'], ['c'], no],
  ['ForAnyValue:StringEquals', ['a'], undefined, no],
  ['ForAnyValue:StringNotEquals', ['a'], undefined, no],
  ['ForAnyValue:StringEqualsIfExists', ['a'], undefined, no],
  ['ForAllValues:StringEqualsIfExists', ['a'], undefined, yes],
  ['ForAllValues:StringLike', ['a*'], ['ab', 'ac'], yes],
  ['ForAnyValue:StringNotEquals', ['a', 'b'], ['a', 'c'], yes],
  ['ForAllValues:StringNotEquals', ['a', 'b'], ['c', 'd'], yes],
  ['ForAllValues:StringNotEquals', ['a', 'b'], ['c', 'a'], no],
];

test.each(cases)('%s %j against %j: %s', (operator, wanted, value, holds) => {
  const context = value === undefined ? undefined : { 'test:Key': value };
  expect(isAllowed({ identity: [allowIf({ [operator]: { 'test:key': wanted } })], context })).toBe(holds);
});

it('needs every operator and every key of the block', () => {
  const identity = [allowIf({ StringEquals: { 'test:A': 'a', 'test:B': 'b' }, Bool: { 'test:C': 'true' } })];
  const context = { 'test:A': 'a', 'test:B': 'b', 'test:C': 'true' };
  expect(isAllowed({ identity, context })).toBe(true);
  for (const key of Object.keys(context)) {
    expect(isAllowed({ identity, context: { ...context, [key]: 'other' } })).toBe(false);
  }
});

const globalKeys: [string, string, string][] = [
  ['StringEquals', 'aws:PrincipalArn', `arn:aws:iam::${ACCOUNT}:role/worker`],
  ['StringEquals', 'aws:PrincipalAccount', ACCOUNT],
  ['StringEquals', 'aws:PrincipalType', 'AssumedRole'],
  ['StringEquals', 'aws:RequestedRegion', 'us-east-1'],
  ['StringEquals', 'aws:ResourceAccount', ACCOUNT],
  ['Bool', 'aws:SecureTransport', 'true'],
  ['Bool', 'aws:PrincipalIsAWSService', 'false'],
  ['IpAddress', 'aws:SourceIp', '127.0.0.0/8'],
  ['DateLessThan', 'aws:CurrentTime', '2026-01-01T00:00:01Z'],
  ['NumericEquals', 'aws:EpochTime', '1767225600'],
  ['Null', 'aws:SourceArn', 'true'],
];

test.each(globalKeys)('a role has %s %s = %s', (operator, key, value) => {
  expect(isAllowed({ identity: [allowIf({ [operator]: { [key]: value } })] })).toBe(true);
});

it('rejects an operator that AWS does not know', () => {
  expect(() => isAllowed({ identity: [allowIf({ StringSoundsLike: { 'test:Key': 'a' } })] })).toThrow(
    'Invalid Condition type : StringSoundsLike',
  );
});
