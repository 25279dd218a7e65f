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
import { createChangeSetAction } from './actions/create-change-set';
import { createStackAction, updateStackAction } from './actions/create-stack';
import { deleteChangeSet } from './actions/delete-change-set';
import { deleteStackAction, updateTerminationProtection } from './actions/delete-stack';
import { describeChangeSet } from './actions/describe-change-set';
import { describeEvents } from './actions/describe-events';
import { describeStackEvents } from './actions/describe-stack-events';
import { describeStackResource, describeStackResources } from './actions/describe-stack-resources';
import { describeStacks } from './actions/describe-stacks';
import { executeChangeSetAction } from './actions/execute-change-set';
import { getTemplate } from './actions/get-template';
import { getTemplateSummary, validateTemplate } from './actions/get-template-summary';
import { listChangeSets } from './actions/list-change-sets';
import { listExports } from './actions/list-exports';
import { listHookResults } from './actions/list-hook-results';
import { listImports } from './actions/list-imports';
import { listStackResources } from './actions/list-stack-resources';
import { listStacks } from './actions/list-stacks';
import { putCustomResourceResponse } from './actions/put-custom-resource-response';
import { continueUpdateRollbackAction, rollbackStackAction } from './actions/roll-back-stack';
import { createStack } from './create-stack';
import { CustomResources } from './custom-resources/custom-resources';
import { RESPONSE_ROUTE } from './custom-resources/response-url';
import { deleteStack } from './delete-stack';
import { type DeployOptions, deployAssembly, type StackOutputs } from './deploy-assembly';
import { takeUpOperations } from './interrupted-operations';
import { cloudFormationResources } from './resources';
import type { Operation, StackInput } from './stack-operation';
import { beginOperation } from './stack-tools';
import { StackStore } from './store';
import { updateStack } from './update-stack';

/** The embedded CloudFormation, with its door for callers in this process. */
export interface CloudFormationService extends Service {
  /** Deploys an assembly as `cdk deploy --all` would; see deploy-assembly. */
  deployAssembly(assembly: Assembly, options?: DeployOptions): Promise<StackOutputs>;
  createStack(input: StackInput): Promise<Operation>;
  updateStack(input: StackInput): Promise<Operation>;
  deleteStack(stackName: string): Promise<Operation>;
  /**
   * Goes on with what an earlier process left under way; settles when all of it has come to its end. Called once, when every service
   * has resumed: operations work with all of them. Deployments wait for it.
   */
  takeUpOperations(): Promise<void>;
}

/**
 * Makes CloudFormation over the providers of all services; `services` is asked each time, so that services may be
 * registered in any order.
 */
export function createCloudFormationService(host: Host, services: () => readonly Service[]): CloudFormationService {
  const store = new StackStore(host.journal);
  const customResources = new CustomResources(host);
  const tools = beginOperation(
    {
      host,
      store,
      customResources,
      ssmDefaults: {},
      report: host.warn,
      assetPath: () => undefined,
      provider: (type) => (isCustom(type) ? customResources.provider(type) : providerOf(type, services())),
    },
    {},
  );
  let takenUp = Promise.resolve();
  return {
    name: 'cloudformation',
    protocols: [
      { kind: 'query', version: '2010-05-15', xmlNamespace: 'http://cloudformation.amazonaws.com/doc/2010-05-15/' },
      { kind: 'rest-json', routes: [RESPONSE_ROUTE] },
    ],
    resources: cloudFormationResources,
    actions: {
      CreateStack: createStackAction(tools),
      UpdateStack: updateStackAction(tools),
      DeleteStack: deleteStackAction(tools),
      RollbackStack: rollbackStackAction(tools),
      ContinueUpdateRollback: continueUpdateRollbackAction(tools),
      UpdateTerminationProtection: updateTerminationProtection(tools),
      CreateChangeSet: createChangeSetAction(tools),
      DescribeChangeSet: describeChangeSet(tools),
      ExecuteChangeSet: executeChangeSetAction(tools),
      DeleteChangeSet: deleteChangeSet(tools),
      ListChangeSets: listChangeSets(tools),
      ListHookResults: listHookResults(),
      DescribeStacks: describeStacks(tools),
      ListStacks: listStacks(tools),
      DescribeStackEvents: describeStackEvents(tools),
      DescribeEvents: describeEvents(tools),
      DescribeStackResource: describeStackResource(tools),
      DescribeStackResources: describeStackResources(tools),
      ListStackResources: listStackResources(tools),
      GetTemplate: getTemplate(tools),
      GetTemplateSummary: getTemplateSummary(tools),
      ValidateTemplate: validateTemplate(tools),
      ListExports: listExports(tools),
      ListImports: listImports(tools),
      PutCustomResourceResponse: putCustomResourceResponse(customResources),
    },
    deployAssembly: async (assembly, options) => {
      await takenUp;
      return deployAssembly(tools, assembly, options);
    },
    takeUpOperations() {
      takenUp = takeUpOperations(tools);
      return takenUp;
    },
    createStack: (input) => createStack(tools, input),
    updateStack: (input) => updateStack(tools, input),
    deleteStack: (stackName) => deleteStack(tools, stackName),
  };
}

function isCustom(type: string): boolean {
  return type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource';
}

function providerOf(type: string, services: readonly Service[]): ResourceProvider | undefined {
  for (const provider of cloudFormationResources) if (provider.type === type) return provider;
  for (const { resources = [] } of services) {
    const provider = resources.find((candidate) => candidate.type === type);
    if (provider) return provider;
  }
  return undefined;
}
