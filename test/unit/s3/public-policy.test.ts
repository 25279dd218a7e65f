import { isPublicPolicy } from '../../../local/services/s3/public-policy';

const policy = (statement: object) => ({
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*', ...statement }],
});

describe('a bucket policy', () => {
  it.each([
    [true, 'lets everybody in', { Principal: '*' }],
    [true, 'names everybody among others', { Principal: { AWS: ['*', 'arn:aws:iam::000000000000:root'] } }],
    [
      true,
      'narrows by nothing that says who',
      { Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'true' } } },
    ],
    [true, 'admits every address', { Principal: '*', Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } } }],
    [false, 'names a role', { Principal: { AWS: 'arn:aws:iam::000000000000:role/r' } }],
    [false, 'names a service', { Principal: { Service: 'cloudfront.amazonaws.com' } }],
    [false, 'denies', { Effect: 'Deny', Principal: '*' }],
    [false, 'admits some addresses', { Principal: '*', Condition: { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } } }],
    [false, 'admits one account', { Principal: '*', Condition: { StringEquals: { 'aws:PrincipalAccount': '1' } } }],
  ])('public: %s when it %s', (isPublic, _when, statement) => {
    expect(isPublicPolicy(policy(statement))).toBe(isPublic);
  });
});
