/** Calls an API action as the account's administrator. */
export type Call = (service: string, action: string, input: object) => Promise<any>;

/** A resource of a deployed stack. */
export interface StackResource {
  readonly stackName: string;
  readonly logicalId: string;
  readonly type: string;
  readonly physicalId: string;
}

/** Every resource of every stack, page by page. */
export async function stackResources(call: Call): Promise<StackResource[]> {
  const { Stacks } = await call('cloudformation', 'DescribeStacks', {});
  const resources: StackResource[] = [];
  for (const { StackName } of Stacks as { StackName: string }[]) {
    let NextToken: string | undefined;
    do {
      const page = await call('cloudformation', 'ListStackResources', { StackName, NextToken });
      for (const summary of page.StackResourceSummaries) {
        resources.push({
          stackName: StackName,
          logicalId: summary.LogicalResourceId,
          type: summary.ResourceType,
          physicalId: summary.PhysicalResourceId,
        });
      }
      NextToken = page.NextToken;
    } while (NextToken);
  }
  return resources;
}
