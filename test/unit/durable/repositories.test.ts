import { createEcrService } from '../../../local/services/ecr/router';
import { DurableServices } from '../../support/durable-services';
import { resourceContext } from '../lambda/inline-function';

it('repositories of ECR outlive the process as they were last changed, and deleted ones do not', async () => {
  const aws = await DurableServices.start((host) => [createEcrService(host)]);
  const provider = () => aws.running.gateway.serviceByName('ecr')!.resources![0]!;
  const context = resourceContext('Made');
  const properties = { RepositoryName: 'team/app', Tags: [{ Key: 'a', Value: 'b' }] };
  await provider().create(properties, context);
  await provider().create({ RepositoryName: 'gone' }, context);
  await aws.restart();
  await provider().update!('team/app', { ...properties, ImageTagMutability: 'IMMUTABLE' }, properties, context);
  await aws.call('ecr', 'DeleteRepository', { repositoryName: 'gone' });
  const told = () => aws.call('ecr', 'DescribeRepositories');
  const before = await told();
  await aws.restart();
  expect(await told()).toEqual(before);
  expect(before.repositories).toMatchObject([{ repositoryName: 'team/app', imageTagMutability: 'IMMUTABLE' }]);
  await aws.close();
});
