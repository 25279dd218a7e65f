import { readFileSync } from 'node:fs';
import { CloudFormationClient, paginateListStackResources } from '@aws-sdk/client-cloudformation';

/** A resource of a deployed stack. */
export interface DeployedResource {
  readonly logicalId: string;
  /** What AWS calls it: a queue's URL, a machine's ARN, a table's name. */
  readonly physicalId: string;
  readonly type: string;
}

/** A stack of an outputs file. */
export interface DeployedStack {
  readonly name: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly resources: readonly DeployedResource[];
}

/** Everything that was deployed: what operators look at. */
export interface Deployment {
  readonly region: string;
  readonly stacks: readonly DeployedStack[];
}

/**
 * Reads the stacks of an outputs file and asks CloudFormation what they are made of, so that no queue and no table is overlooked that
 * a stack forgot to put out. It needs `cloudformation:ListStackResources` on these stacks, and nothing on the account. Throws an Error on
 * a file that cannot be read.
 */
export async function readDeployment(file: string): Promise<Deployment> {
  const stacks = readStacks(file);
  const region = stacks.map(({ outputs }) => outputs.Region).find(Boolean);
  if (!region) throw new Error(`The outputs file ${file} names no Region: deploy the stacks again.`);
  const client = new CloudFormationClient({ region });
  try {
    const deployed = await Promise.all(
      stacks.map(async (stack) => ({ ...stack, resources: await resourcesOf(client, stack.name) })),
    );
    return { region, stacks: deployed };
  } finally {
    client.destroy();
  }
}

/** The stack that has an output; undefined when none has. */
export function stackWith(deployment: Deployment, output: string): DeployedStack | undefined {
  return deployment.stacks.find(({ outputs }) => output in outputs);
}

/** The resources of a type, with their stacks. */
export function resourcesOfType(
  deployment: Deployment,
  type: string,
): { readonly stack: DeployedStack; readonly resource: DeployedResource }[] {
  return deployment.stacks.flatMap((stack) =>
    stack.resources.filter((resource) => resource.type === type).map((resource) => ({ stack, resource })),
  );
}

function readStacks(file: string): Omit<DeployedStack, 'resources'>[] {
  let stacks: Record<string, Record<string, string>>;
  try {
    stacks = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(
      `The outputs file ${file} cannot be read (${(error as Error).message}). Write it with cdk deploy --outputs-file ${file}.`,
    );
  }
  return Object.entries(stacks).map(([name, outputs]) => ({ name, outputs }));
}

async function resourcesOf(client: CloudFormationClient, StackName: string): Promise<DeployedResource[]> {
  const resources: DeployedResource[] = [];
  for await (const { StackResourceSummaries = [] } of paginateListStackResources({ client }, { StackName })) {
    for (const { LogicalResourceId, PhysicalResourceId, ResourceType } of StackResourceSummaries) {
      if (!PhysicalResourceId) continue;
      resources.push({ logicalId: LogicalResourceId!, physicalId: PhysicalResourceId, type: ResourceType! });
    }
  }
  return resources;
}
