import type { Action } from '../../../wire/service';
import { stackDoesNotExist, validationError } from '../faults';
import type { StackStore } from '../store';
import { readAccess } from './stack-access';

interface DescribeStackResourcesInput {
  readonly StackName?: string;
  readonly LogicalResourceId?: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackResources.html; by stack name only. */
export function describeStackResources(store: StackStore): Action<DescribeStackResourcesInput> {
  return {
    access: readAccess(store, 'cloudformation:DescribeStackResources'),
    handle: ({ StackName, LogicalResourceId }) => {
      if (!StackName) throw validationError('StackName must be specified: a search by physical id is not emulated');
      const stack = store.find(StackName);
      if (!stack) throw stackDoesNotExist(StackName);
      const resources = Object.values(stack.resources).filter(
        ({ logicalId }) => LogicalResourceId === undefined || logicalId === LogicalResourceId,
      );
      return {
        StackResources: resources.map((resource) => ({
          StackName: stack.stackName,
          StackId: stack.stackId,
          LogicalResourceId: resource.logicalId,
          PhysicalResourceId: resource.physicalId,
          ResourceType: resource.type,
          Timestamp: new Date(resource.changedAtMs),
          ResourceStatus: resource.status,
          ResourceStatusReason: resource.statusReason,
        })),
      };
    },
  };
}
