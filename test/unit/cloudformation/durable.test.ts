import { type CloudFormationService, createCloudFormationService } from '../../../local/services/cloudformation/router';
import { createSsmService } from '../../../local/services/ssm/router';
import { DurableServices } from '../../support/durable-services';

const TEMPLATE = {
  Resources: {
    First: { Type: 'AWS::SSM::Parameter', Properties: { Name: 'first', Type: 'String', Value: '1' } },
    Second: { Type: 'AWS::SSM::Parameter', Properties: { Name: 'second', Type: 'String', Value: { Ref: 'First' } } },
  },
  Outputs: { Name: { Value: { Ref: 'First' }, Export: { Name: 'exported' } } },
};

describe('stacks that outlive their process', () => {
  let life: DurableServices;
  let cloudFormation: CloudFormationService;
  beforeEach(async () => {
    life = await DurableServices.start((host) => {
      const services = [createSsmService(host)];
      cloudFormation = createCloudFormationService(host, () => [...services, cloudFormation]);
      return [...services, cloudFormation];
    });
  });
  afterEach(() => life.close());

  const call = (action: string, input: object = {}) => life.call('cloudformation', action, input);
  const create = async (template: object = TEMPLATE) =>
    (await cloudFormation.createStack({ stackName: 'stack', template: template as never })).done;
  const describe = async (StackName = 'stack') => (await call('DescribeStacks', { StackName })).Stacks[0];

  it('are described as before, with resources, events, exports and template', async () => {
    await create();
    const look = async () => ({
      stack: await describe(),
      resources: (await call('DescribeStackResources', { StackName: 'stack' })).StackResources,
      events: (await call('DescribeStackEvents', { StackName: 'stack' })).StackEvents,
      exports: (await call('ListExports')).Exports,
      template: (await call('GetTemplate', { StackName: 'stack' })).TemplateBody,
    });
    const before = await look();
    expect(before.resources).toHaveLength(2);
    await life.restart();
    expect(await look()).toEqual(before);
  });

  it('are left alone when nothing has changed, updated in place when something has, and deleted', async () => {
    await create();
    await life.restart();
    await expect(cloudFormation.updateStack({ stackName: 'stack', template: TEMPLATE as never })).rejects.toMatchObject(
      {
        message: 'No updates are to be performed.',
      },
    );
    const changed = structuredClone(TEMPLATE);
    changed.Resources.First.Properties.Value = '2';
    await (await cloudFormation.updateStack({ stackName: 'stack', template: changed as never })).done;
    await life.restart();
    expect((await life.call('ssm', 'GetParameter', { Name: 'first' })).Parameter).toMatchObject({ Value: '2' });
    const { StackId } = await describe();
    await (await cloudFormation.deleteStack('stack')).done;
    await life.restart();
    expect((await describe(StackId)).StackStatus).toBe('DELETE_COMPLETE');
    await expect(describe()).rejects.toMatchObject({ code: 'ValidationError' });
    expect(life.count('ssm.parameters')).toBe(0);
  });
});
