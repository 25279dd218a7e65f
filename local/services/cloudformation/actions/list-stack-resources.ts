import type { Action } from '../../../wire/service';
import type { ResourceRecord } from '../model';
import { pageOf } from '../page';
import { readAccess, type Stacks, stackOf } from './stack-access';

interface ListStackResourcesInput {
  readonly StackName?: string;
  readonly NextToken?: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStackResources.html */
export function listStackResources(stacks: Stacks): Action<ListStackResourcesInput> {
  return {
    access: readAccess(stacks, 'cloudformation:ListStackResources'),
    handle: ({ StackName, NextToken: token }) => {
      const resources = Object.values(stackOf(stacks.store, StackName).resources);
      const { items, NextToken } = pageOf(resources, ({ logicalId }) => logicalId, token);
      return { StackResourceSummaries: items.map(render), NextToken };
    },
  };
}

function render({ logicalId, physicalId, type, status, statusReason, changedAtMs }: ResourceRecord) {
  return {
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    LastUpdatedTimestamp: new Date(changedAtMs),
    ResourceStatus: status,
    ResourceStatusReason: statusReason,
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  };
}
