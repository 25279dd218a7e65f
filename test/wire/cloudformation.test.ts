import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  DescribeStackEventsCommand,
  DescribeStacksCommand,
  GetTemplateCommand,
  ListStackResourcesCommand,
  UpdateStackCommand,
  waitUntilStackCreateComplete,
} from '@aws-sdk/client-cloudformation';
import { createCloudFormationService } from '../../local/services/cloudformation/router';
import { createSsmService } from '../../local/services/ssm/router';
import type { Gateway } from '../../local/wire/gateway';
import { type RunningGateway, startGateway } from '../support/embedded';

const template = (Value: string) =>
  JSON.stringify({
    Description: 'a <parameter> & its value',
    Parameters: { Suffix: { Type: 'String' } },
    Resources: {
      P: { Type: 'AWS::SSM::Parameter', Properties: { Name: { 'Fn::Sub': '/a/${Suffix}' }, Type: 'String', Value } },
    },
    Outputs: { Value: { Value: { 'Fn::GetAtt': ['P', 'Value'] }, Description: 'what it holds' } },
  });
const parameters = { Parameters: [{ ParameterKey: 'Suffix', ParameterValue: 'b' }] };

let running: RunningGateway;
let client: CloudFormationClient;
beforeAll(async () => {
  running = await startGateway((host) => [
    createSsmService(host),
    createCloudFormationService(host, () => (host as Gateway).registered),
  ]);
  client = new CloudFormationClient(running.client);
});
afterAll(() => running.close());

it('creates, tells of, updates and deletes a stack through the unmodified SDK', async () => {
  const StackName = 'wired';
  const Tags = [{ Key: 'team', Value: 'orders' }];
  const { StackId } = await client.send(
    new CreateStackCommand({ StackName, TemplateBody: template('1'), Tags, ...parameters }),
  );
  await waitUntilStackCreateComplete({ client, maxWaitTime: 10, minDelay: 1 }, { StackName });
  const { Stacks } = await client.send(new DescribeStacksCommand({ StackName }));
  expect(Stacks).toEqual([
    expect.objectContaining({
      StackId,
      StackName,
      Tags,
      ...parameters,
      StackStatus: 'CREATE_COMPLETE',
      Description: 'a <parameter> & its value',
      CreationTime: expect.any(Date),
      Outputs: [{ OutputKey: 'Value', OutputValue: '1', Description: 'what it holds' }],
    }),
  ]);
  const { StackResourceSummaries } = await client.send(new ListStackResourcesCommand({ StackName }));
  expect(StackResourceSummaries).toEqual([
    expect.objectContaining({ LogicalResourceId: 'P', PhysicalResourceId: '/a/b' }),
  ]);
  const { TemplateBody } = await client.send(new GetTemplateCommand({ StackName }));
  expect(JSON.parse(TemplateBody!)).toEqual(JSON.parse(template('1')));

  await client.send(new UpdateStackCommand({ StackName, TemplateBody: template('2'), ...parameters }));
  const { StackEvents } = await client.send(new DescribeStackEventsCommand({ StackName }));
  expect(StackEvents![0]!.ResourceStatus).toBe('UPDATE_COMPLETE');
  await client.send(new DeleteStackCommand({ StackName }));
  const gone = client.send(new DescribeStacksCommand({ StackName }));
  await expect(gone).rejects.toMatchObject({ name: 'ValidationError', message: 'Stack with id wired does not exist' });
});

it('rejects templates that cannot be read', async () => {
  const create = (input: object) => client.send(new CreateStackCommand({ StackName: 'broken', ...input }));
  await expect(create({ TemplateBody: '{' })).rejects.toThrow('Template format error: JSON not well-formed');
  await expect(create({})).rejects.toThrow('Either Template URL or Template Body must be specified.');
  await expect(create({ TemplateBody: '{}' })).rejects.toThrow('At least one Resources member must be defined.');
});
