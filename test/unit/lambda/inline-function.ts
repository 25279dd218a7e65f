import type { ResourceContext } from '../../../local/wire/resource-provider';
import type { Service } from '../../../local/wire/service';
import { resourceContext as contextOf } from '../../support/resource-context';

/** A context of a resource whose assets lie where the test says. */
export function resourceContext(logicalId: string, assets: Record<string, string> = {}): ResourceContext {
  return contextOf({
    stackName: 'test',
    logicalId,
    generateName: (maxLength) => `test-${logicalId}`.slice(0, maxLength),
    assetPath: (_bucket, key) => assets[key] ?? fail(`no asset ${key}`),
  });
}

function fail(message: string): never {
  throw new Error(message);
}

/** Creates a resource as CloudFormation would. */
export async function createResource(
  service: Service,
  type: string,
  properties: object,
  context = resourceContext('Resource'),
) {
  const provider = service.resources?.find((candidate) => candidate.type === type) ?? fail(`no provider of ${type}`);
  return provider.create(properties, context);
}

/** Creates a function from inline source; `properties` override Node 20, index.handler, 3 seconds. */
export async function createInlineFunction(service: Service, name: string, source: string, properties: object = {}) {
  return createResource(service, 'AWS::Lambda::Function', {
    FunctionName: name,
    Code: { ZipFile: source },
    Role: 'arn:aws:iam::000000000000:role/test',
    Handler: 'index.handler',
    Runtime: 'nodejs24.x',
    ...properties,
  });
}
