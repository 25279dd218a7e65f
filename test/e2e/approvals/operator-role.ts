import type { Caller } from '../../../local/wire/caller';
import type { ApprovalStacks } from '../../support/approvals/approval-stacks';

/** What an operator may do: look at executions, logs and metrics. */
const READS = [
  ...['states:List*', 'states:Describe*', 'states:Get*', 'logs:Describe*', 'logs:Get*', 'logs:FilterLogEvents'],
  ...['cloudwatch:List*', 'cloudwatch:Get*', 'cloudwatch:Describe*'],
];

/** Makes a role that operators assume, with `more` actions besides, and gives a session of it. */
export async function operatorRole(stacks: ApprovalStacks, name: string, ...more: string[]): Promise<Caller> {
  const statement = (Action: string[], extra: object) => ({
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Action, ...extra }],
  });
  const { Arn } = await stacks.deploy(name, {
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          AssumeRolePolicyDocument: statement(['sts:AssumeRole'], { Principal: { Service: 'lambda.amazonaws.com' } }),
          Policies: [{ PolicyName: 'read', PolicyDocument: statement([...READS, ...more], { Resource: '*' }) }],
        },
      },
    },
    Outputs: { Arn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] } } },
  } as never);
  return stacks.embedded.authorizer.assumeRole(Arn!, 'lambda.amazonaws.com', 'operator');
}
