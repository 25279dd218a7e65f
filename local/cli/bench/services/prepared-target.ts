import { CloudFormationClient, CreateStackCommand, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import type { Target } from './operation';

const SERVICES = ['lambda', 'scheduler', 'states'].map((name) => `${name}.amazonaws.com`);
const TEMPLATE = {
  Resources: {
    Role: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: SERVICES }, Action: 'sts:AssumeRole' }],
        },
        ManagedPolicyArns: ['arn:aws:iam::aws:policy/AdministratorAccess'],
      },
    },
    Function: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
        Code: { ZipFile: 'exports.handler = async (event) => event;' },
      },
    },
  },
  Outputs: { RoleArn: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] } }, FunctionName: { Value: { Ref: 'Function' } } },
};

/** Deploys what several operations need, and says how to reach it. */
export async function prepareTarget(endpoint: string): Promise<Target> {
  const reach = { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } };
  const client = new CloudFormationClient(reach);
  const StackName = 'bench';
  const TemplateBody = JSON.stringify(TEMPLATE);
  await client.send(new CreateStackCommand({ StackName, TemplateBody, Capabilities: ['CAPABILITY_IAM'] }));
  for (;;) {
    const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
    const { StackStatus, StackStatusReason, Outputs = [] } = Stacks![0]!;
    if (StackStatus === 'CREATE_IN_PROGRESS') continue;
    if (StackStatus !== 'CREATE_COMPLETE')
      throw new Error(`the bench's own stack is ${StackStatus}: ${StackStatusReason}`);
    client.destroy();
    const output = (key: string) => Outputs.find(({ OutputKey }) => OutputKey === key)!.OutputValue!;
    return { ...reach, roleArn: output('RoleArn'), functionName: output('FunctionName') };
  }
}
