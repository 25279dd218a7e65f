import type { Action } from '../../../wire/service';
import { stackDoesNotExist } from '../faults';
import type { ResourceRecord } from '../model';
import type { StackStore } from '../store';
import { readAccess } from './stack-access';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStackResources.html; all on one page. */
export function listStackResources(store: StackStore): Action {
  return {
    access: readAccess(store, 'cloudformation:ListStackResources'),
    handle: ({ StackName }: { StackName: string }) => {
      const stack = store.find(StackName);
      if (!stack) throw stackDoesNotExist(StackName);
      return { StackResourceSummaries: Object.values(stack.resources).map(render) };
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
  };
}
