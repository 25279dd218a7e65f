import { ACCOUNT, allowIf, isAllowed } from './ask';

const onResource = (Resource: string) => [{ Effect: 'Allow', Action: '*', Resource }];

it('fills variables into resources', () => {
  const identity = onResource('arn:aws:s3:::bucket/${aws:PrincipalAccount}/*');
  expect(isAllowed({ identity, action: 's3:GetObject', resource: `arn:aws:s3:::bucket/${ACCOUNT}/a` })).toBe(true);
  expect(isAllowed({ identity, action: 's3:GetObject', resource: 'arn:aws:s3:::bucket/111111111111/a' })).toBe(false);
});

it('takes what a variable gives literally, wildcards too', () => {
  const identity = onResource('arn:aws:s3:::${test:Name}');
  const context = { 'test:Name': '*' };
  expect(isAllowed({ identity, context, resource: 'arn:aws:s3:::anything' })).toBe(false);
  expect(isAllowed({ identity, context, resource: 'arn:aws:s3:::*' })).toBe(true);
});

it('matches nothing with a variable that the request does not have', () => {
  expect(isAllowed({ identity: onResource('arn:aws:s3:::${test:Name}*'), resource: 'arn:aws:s3:::a' })).toBe(false);
});

it('takes the default of a variable that the request does not have', () => {
  const identity = onResource("arn:aws:s3:::${test:Name, 'public'}");
  expect(isAllowed({ identity, resource: 'arn:aws:s3:::public' })).toBe(true);
  expect(isAllowed({ identity, resource: 'arn:aws:s3:::public', context: { 'test:Name': 'own' } })).toBe(false);
});

it('writes the special characters themselves', () => {
  expect(isAllowed({ identity: onResource('arn:aws:s3:::a${*}${?}${$}'), resource: 'arn:aws:s3:::a*?$' })).toBe(true);
  expect(isAllowed({ identity: onResource('arn:aws:s3:::a${*}'), resource: 'arn:aws:s3:::abc' })).toBe(false);
});

it('fills variables into string and ARN conditions, and into no others', () => {
  const context = { 'test:A': 'x', 'test:B': 'x' };
  expect(isAllowed({ context, identity: [allowIf({ StringEquals: { 'test:A': '${test:B}' } })] })).toBe(true);
  expect(isAllowed({ context, identity: [allowIf({ Bool: { 'test:A': '${test:B}' } })] })).toBe(false);
});
