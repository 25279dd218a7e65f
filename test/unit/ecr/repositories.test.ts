import { SeededRandom } from '../../../local/kernel/random';
import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { createEcrService } from '../../../local/services/ecr/router';
import { administrator, Gateway } from '../../../local/wire/gateway';
import { resourceContext } from '../../support/resource-context';

function account() {
  const gateway = new Gateway({ kernel: { clock: new SimulatedClock(), random: new SeededRandom(1) } });
  const service = createEcrService(gateway);
  gateway.register(service);
  const call = (action: string, input: object) => gateway.call(administrator(gateway.accountId), 'ecr', action, input);
  return {
    call,
    repository: service.resources![0]!,
    context: resourceContext({ generateName: () => 'stack-Images-1' }),
  };
}

it('makes a repository, empty, and describes it', async () => {
  const { call, repository, context } = account();
  const made = await repository.create({ RepositoryName: 'a/b', ImageTagMutability: 'IMMUTABLE' }, context);
  expect(made).toEqual({
    physicalId: 'a/b',
    attributes: {
      Arn: 'arn:aws:ecr:us-east-1:000000000000:repository/a/b',
      RepositoryUri: '000000000000.dkr.ecr.us-east-1.amazonaws.com/a/b',
    },
  });
  expect(await call('DescribeRepositories', { repositoryNames: ['a/b'] })).toMatchObject({
    repositories: [{ repositoryName: 'a/b', imageTagMutability: 'IMMUTABLE', registryId: '000000000000' }],
  });
  expect(await call('ListImages', { repositoryName: 'a/b' })).toEqual({ imageIds: [] });
});

it('names it after stack and resource where the template does not, and replaces it for another name', async () => {
  const { call, repository, context } = account();
  const { physicalId } = await repository.create({}, context);
  expect(physicalId).toBe('stack-images-1');
  const changed = await repository.update!(physicalId, { ImageTagMutability: 'IMMUTABLE' }, {}, context);
  expect(changed.physicalId).toBe(physicalId);
  const replaced = await repository.update!(physicalId, { RepositoryName: 'other' }, {}, context);
  expect(replaced.physicalId).toBe('other');
  await repository.delete(physicalId, {}, context);
  const { repositories } = await call('DescribeRepositories', {});
  expect(repositories.map((one: { repositoryName: string }) => one.repositoryName)).toEqual(['other']);
});

it('refuses a name that is taken or malformed, and knows none that is not there', async () => {
  const { call, repository, context } = account();
  await repository.create({ RepositoryName: 'a' }, context);
  expect(() => repository.create({ RepositoryName: 'a' }, context)).toThrow("'a' already exists in the registry");
  expect(() => repository.create({ RepositoryName: 'A B' }, context)).toThrow('Invalid parameter');
  await expect(call('DeleteRepository', { repositoryName: 'b' })).rejects.toMatchObject({
    code: 'RepositoryNotFoundException',
  });
});
