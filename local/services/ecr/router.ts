/**
 * Owns repositories for container images, as far as templates and the CDK's bootstrap need them: they exist, and are empty.
 * Refuses images: functions run from ZIP files here.
 */
import type { Host } from '../../wire/host';
import type { Service } from '../../wire/service';
import { deleteRepository, describeRepositories, listImages } from './actions/repositories';
import { repositoryResource } from './resources';
import { RepositoryStore } from './store';

/** Makes the embedded ECR. */
export function createEcrService(host: Host): Service {
  const store = new RepositoryStore(host.journal);
  return {
    name: 'ecr',
    protocols: [{ kind: 'json', version: '1.1', target: 'AmazonEC2ContainerRegistry_V20150921' }],
    actions: {
      DescribeRepositories: describeRepositories(host, store),
      ListImages: listImages(host, store),
      DeleteRepository: deleteRepository(host, store),
    },
    resources: [repositoryResource(host, store)],
  };
}
