import type { Action } from '../../../wire/service';
import type { StackRecord } from '../model';
import { pageOf } from '../page';
import type { Stacks } from './stack-access';
import { list } from './stack-request';

interface ListStacksInput {
  readonly StackStatusFilter?: readonly string[];
  readonly NextToken?: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListStacks.html; newest first, deleted ones too. */
export function listStacks({ store }: Stacks): Action<ListStacksInput> {
  return {
    access: () => [{ action: 'cloudformation:ListStacks', resource: '*' }],
    handle: ({ StackStatusFilter, NextToken: token }) => {
      const wanted = list(StackStatusFilter);
      const stacks = store
        .all()
        .filter(({ status }) => wanted.length === 0 || wanted.includes(status))
        .reverse();
      const { items, NextToken } = pageOf(stacks, ({ stackId }) => stackId, token);
      return { StackSummaries: items.map(summary), NextToken };
    },
  };
}

function summary(stack: StackRecord) {
  return {
    StackId: stack.stackId,
    StackName: stack.stackName,
    TemplateDescription: stack.template.Description,
    CreationTime: new Date(stack.createdAtMs),
    LastUpdatedTime: stack.updatedAtMs === undefined ? undefined : new Date(stack.updatedAtMs),
    DeletionTime: stack.deletedAtMs === undefined ? undefined : new Date(stack.deletedAtMs),
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    DriftInformation: { StackDriftStatus: 'NOT_CHECKED' },
  };
}
