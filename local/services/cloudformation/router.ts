/**
 * Owns stacks: their creation, change and deletion, and the way back when one fails. Callers in this process and the
 * actions of the wire go through the same operations.
 * Refuses to know any resource type but its own: providers come from all services.
 *
 * Invariants
 * 1. Nothing is created before the whole template has been checked.
 * 2. One operation at a time for each stack.
 * 3. An operation that fails leaves the stack as it was, or says in its status that it could not.
 */
import type { Assembly } from '../../assembly/assembly';
import type { Host } from '../../wire/host';
import type { ResourceProvider } from '../../wire/resource-provider';
import type { Service } from '../../wire/service';
import { createStackAction, updateStackAction } from './actions/create-stack';
import { deleteStackAction } from './actions/delete-stack';
import { describeStackEvents } from './actions/describe-stack-events';
import { describeStackResources } from './actions/describe-stack-resources';
import { describeStacks } from './actions/describe-stacks';
import { getTemplate } from './actions/get-template';
import { listExports } from './actions/list-exports';
import { listImports } from './actions/list-imports';
import { listStackResources } from './actions/list-stack-resources';
import { createStack } from './create-stack';
import { deleteStack } from './delete-stack';
import { type DeployOptions, deployAssembly, type StackOutputs } from './deploy-assembly';
import { validationError } from './faults';
import { cloudFormationResources } from './resources';
import type { Operation, StackInput } from './stack-operation';
import type { StackTools } from './stack-tools';
import { StackStore } from './store';
import { updateStack } from './update-stack';

/** The embedded CloudFormation, with its door for callers in this process. */
export interface CloudFormationService extends Service {
  /** Deploys an assembly as `cdk deploy --all` would; see deploy-assembly. */
  deployAssembly(assembly: Assembly, options?: DeployOptions): Promise<StackOutputs>;
  createStack(input: StackInput): Promise<Operation>;
  updateStack(input: StackInput): Promise<Operation>;
  deleteStack(stackName: string): Promise<Operation>;
}

/**
 * Makes CloudFormation over the providers of all services; `services` is asked each time, so that services may be
 * registered in any order. `assetPath` finds assets of stacks that come over the wire.
 */
export function createCloudFormationService(
  host: Host,
  services: () => readonly Service[],
  assetPath: (bucket: string, key: string) => string = noAssets,
): CloudFormationService {
  const store = new StackStore();
  const tools: StackTools = { host, store, assetPath, provider: (type) => providerOf(type, services()) };
  return {
    name: 'cloudformation',
    protocols: [
      { kind: 'query', version: '2010-05-15', xmlNamespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/' },
    ],
    resources: cloudFormationResources,
    actions: {
      CreateStack: createStackAction(tools),
      UpdateStack: updateStackAction(tools),
      DeleteStack: deleteStackAction(tools),
      DescribeStacks: describeStacks(store),
      DescribeStackEvents: describeStackEvents(store),
      DescribeStackResources: describeStackResources(store),
      ListStackResources: listStackResources(store),
      GetTemplate: getTemplate(store),
      ListExports: listExports(store),
      ListImports: listImports(store),
    },
    deployAssembly: (assembly, options) => deployAssembly(tools, assembly, options),
    createStack: (input) => createStack(tools, input),
    updateStack: (input) => updateStack(tools, input),
    deleteStack: (stackName) => deleteStack(tools, stackName),
  };
}

function providerOf(type: string, services: readonly Service[]): ResourceProvider | undefined {
  for (const provider of cloudFormationResources) if (provider.type === type) return provider;
  for (const { resources = [] } of services) {
    const provider = resources.find((candidate) => candidate.type === type);
    if (provider) return provider;
  }
  return undefined;
}

function noAssets(bucket: string, key: string): never {
  throw validationError(`s3://${bucket}/${key} cannot be read: assets are known only to a deployment from cdk.out`);
}
