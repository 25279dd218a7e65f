import type { Action } from '../../../wire/service';
import { stackDoesNotExist, validationError } from '../faults';
import type { ResourceRecord, StackRecord } from '../model';
import { readAccess, type Stacks, stackOf } from './stack-access';

interface DescribeStackResourcesInput {
  readonly StackName?: string;
  readonly LogicalResourceId?: string;
  readonly PhysicalResourceId?: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackResources.html */
export function describeStackResources(stacks: Stacks): Action<DescribeStackResourcesInput> {
  return {
    access: readAccess(stacks, 'cloudformation:DescribeStackResources'),
    handle: ({ StackName, LogicalResourceId, PhysicalResourceId }) => {
      if (!StackName && !PhysicalResourceId) {
        throw validationError('Either StackName or PhysicalResourceId must be specified.');
      }
      const stack = StackName ? stackOf(stacks.store, StackName) : stackWith(stacks, PhysicalResourceId!);
      const resources = Object.values(stack.resources).filter(
        ({ logicalId }) => LogicalResourceId === undefined || logicalId === LogicalResourceId,
      );
      return { StackResources: resources.map((resource) => resourceView(stack, resource)) };
    },
  };
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStackResource.html */
export function describeStackResource(stacks: Stacks): Action<DescribeStackResourcesInput> {
  return {
    access: readAccess(stacks, 'cloudformation:DescribeStackResource'),
    handle: ({ StackName, LogicalResourceId = '' }) => {
      const stack = stackOf(stacks.store, StackName);
      const resource = stack.resources[LogicalResourceId];
      if (!resource) {
        throw validationError(`Resource ${LogicalResourceId} does not exist for stack ${stack.stackName}`);
      }
      const { Timestamp, ...view } = resourceView(stack, resource);
      const Metadata = stack.template.Resources[LogicalResourceId]?.Metadata;
      return {
        StackResourceDetail: {
          ...view,
          LastUpdatedTimestamp: Timestamp,
          Metadata: Metadata === undefined ? undefined : JSON.stringify(Metadata),
        },
      };
    },
  };
}

function stackWith({ store }: Stacks, id: string): StackRecord {
  const stack = store
    .all()
    .find(({ resources }) => Object.values(resources).some(({ physicalId }) => physicalId === id));
  if (!stack) throw stackDoesNotExist(id);
  return stack;
}

function resourceView(stack: StackRecord, resource: ResourceRecord) {
  return {
    StackName: stack.stackName,
    StackId: stack.stackId,
    LogicalResourceId: resource.logicalId,
    PhysicalResourceId: resource.physicalId,
    ResourceType: resource.type,
    Timestamp: new Date(resource.changedAtMs),
    ResourceStatus: resource.status,
    ResourceStatusReason: resource.statusReason,
    DriftInformation: { StackResourceDriftStatus: 'NOT_CHECKED' },
  };
}
