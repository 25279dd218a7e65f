import type { Assembly, AssemblyStack } from '../../assembly/assembly';
import { assetLookup } from '../../assembly/read-assets';
import { AwsError } from '../../wire/aws-error';
import { createStack } from './create-stack';
import { deleteStack } from './delete-stack';
import type { StackEvent } from './model';
import type { Operation } from './stack-operation';
import type { StackTools } from './stack-tools';
import { isPaused, updateStack } from './update-stack';

/** Outputs of deployed stacks, in the form of `cdk deploy --outputs-file`: by stack name, then by output id. */
export type StackOutputs = Record<string, Record<string, string>>;

/**
 * The version of the bootstrap template that templates look for; they ask for at least 6. A deployment of this process needs none of
 * what `cdk bootstrap` makes: assets are read where the CDK staged them.
 */
const BOOTSTRAPPED = { '/cdk-bootstrap/hnb659fds/version': '33' };

/** How a deployment is followed. */
export interface DeployOptions {
  readonly onEvent?: (event: StackEvent) => void;
}

/**
 * Deploys every stack of an assembly in its order: creates it, updates it, or leaves it when nothing has changed. Does what
 * `cdk deploy --all` does, a stack whose creation failed before being deleted first. Rejects with AwsError at the first
 * stack that fails.
 */
export async function deployAssembly(
  tools: StackTools,
  assembly: Assembly,
  options: DeployOptions = {},
): Promise<StackOutputs> {
  const withAssets: StackTools = {
    ...tools,
    ssmDefaults: BOOTSTRAPPED,
    report: undefined,
    assetPath: assetLookup(assembly),
    onEvent: options.onEvent ?? tools.onEvent,
  };
  const outputs: StackOutputs = {};
  for (const stack of assembly.stacks) {
    // A stack without resources is skipped with a warning by the CDK's CLI too, since AWS refuses it.
    if (Object.keys(stack.template.Resources).length === 0) {
      tools.host.warn(`stack ${stack.stackName} has no resources: it is not deployed`);
      continue;
    }
    await deployStack(withAssets, stack);
    const deployed = Object.entries(tools.store.find(stack.stackName)!.outputs);
    outputs[stack.stackName] = Object.fromEntries(deployed.map(([id, { value }]) => [id, value]));
  }
  return outputs;
}

async function deployStack(tools: StackTools, { stackName, template, ...stack }: AssemblyStack): Promise<void> {
  const { parameters, tags, terminationProtection } = stack;
  const input = { stackName, template, parameters, tags, terminationProtection, isRepeated: true };
  if (tools.store.find(stackName)?.status.startsWith('ROLLBACK_')) await (await deleteStack(tools, stackName)).done;
  let operation: Operation;
  try {
    const stack = tools.store.find(stackName);
    // An earlier process was cut short: its successor goes on from there.
    const disableRollback = stack && isPaused(stack);
    operation = await (stack ? updateStack(tools, { ...input, disableRollback }) : createStack(tools, input));
  } catch (error) {
    if (error instanceof AwsError && error.message === 'No updates are to be performed.') return;
    throw error;
  }
  await operation.done;
}
