import { createIamServices, type IamServices } from '../../../local/services/iam/router';
import { DurableServices } from '../../support/durable-services';
import { createResource, resourceContext } from '../lambda/inline-function';

const TRUST = {
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::000000000000:root' }, Action: 'sts:AssumeRole' },
  ],
};
const READ = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::documents/*' }],
};
const RoleArn = 'arn:aws:iam::000000000000:role/reader';

let iam: IamServices;
let aws: DurableServices;

beforeEach(async () => {
  aws = await DurableServices.start((host) => {
    iam = createIamServices(host);
    return [iam.iam, iam.sts];
  });
  await createResource(iam.iam, 'AWS::IAM::Role', {
    RoleName: 'reader',
    AssumeRolePolicyDocument: TRUST,
    Policies: [{ PolicyName: 'read', PolicyDocument: READ }],
  });
});

afterEach(() => aws.close());

const decision = async (action: string) => {
  const input = { PolicySourceArn: RoleArn, ActionNames: [action], ResourceArns: ['arn:aws:s3:::documents/a'] };
  const { EvaluationResults } = await aws.call('iam', 'SimulatePrincipalPolicy', input);
  return EvaluationResults[0].EvalDecision;
};

describe('identities outlive the process', () => {
  it('with roles, their policies and their trust', async () => {
    await createResource(
      iam.iam,
      'AWS::IAM::ManagedPolicy',
      {
        ManagedPolicyName: 'write',
        PolicyDocument: { ...READ, Statement: [{ ...READ.Statement[0], Action: 's3:PutObject' }] },
        Roles: ['reader'],
      },
      resourceContext('Write'),
    );
    const before = await aws.call('iam', 'GetRole', { RoleName: 'reader' });
    await aws.restart();
    expect(await aws.call('iam', 'GetRole', { RoleName: 'reader' })).toEqual(before);
    expect(await Promise.all(['s3:GetObject', 's3:PutObject', 's3:DeleteObject'].map(decision))).toEqual([
      'allowed',
      'allowed',
      'implicitDeny',
    ]);
    expect(iam.authorizer.assumeRole(RoleArn, 'lambda.amazonaws.com', 'worker').kind).toBe('role');
  });

  it('with sessions of AssumeRole until they expire, and without those that services held', async () => {
    const assume = { RoleArn, RoleSessionName: 'me', DurationSeconds: 900 };
    const { Credentials } = await aws.call('sts', 'AssumeRole', assume);
    const ofLambda = iam.authorizer.credentialsOf(iam.authorizer.assumeRole(RoleArn, 'lambda.amazonaws.com', 'worker'));
    await aws.restart();
    expect(iam.authorizer.identify(Credentials.AccessKeyId)).toMatchObject({ kind: 'role', roleArn: RoleArn });
    expect(() => iam.authorizer.identify(ofLambda.accessKeyId)).toThrow(/security token/);
    await aws.restart(() => aws.clock.turn(900_000));
    expect(() => iam.authorizer.identify(Credentials.AccessKeyId)).toThrow(/security token/);
    expect(aws.count('iam.sessions')).toBe(0);
  });

  it('without what was deleted', async () => {
    const provider = iam.iam.resources!.find(({ type }) => type === 'AWS::IAM::Role')!;
    await provider.delete('reader', { Policies: [{ PolicyName: 'read' }] }, resourceContext('Reader'));
    await aws.restart();
    await expect(aws.call('iam', 'GetRole', { RoleName: 'reader' })).rejects.toMatchObject({ code: 'NoSuchEntity' });
  });
});
