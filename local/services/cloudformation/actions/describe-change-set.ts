import type { Action } from '../../../wire/service';
import type { ResourceChange } from '../change-set/model';
import { pageOf } from '../page';
import { type ChangeSetInput, changeSetOf, summaryOf } from './change-set-lookup';
import { parametersView } from './parameters-view';
import { readAccess, type Stacks } from './stack-access';
import { isTrue } from './stack-request';

interface DescribeChangeSetInput extends ChangeSetInput {
  readonly NextToken?: string;
  readonly IncludePropertyValues?: string | boolean;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeChangeSet.html */
export function describeChangeSet(stacks: Stacks): Action<DescribeChangeSetInput> {
  return {
    access: readAccess(stacks, 'cloudformation:DescribeChangeSet'),
    handle: (input) => {
      const changeSet = changeSetOf(stacks.store, input);
      const hasValues = isTrue(input.IncludePropertyValues);
      const page = pageOf(changeSet.changes, ({ LogicalResourceId }) => LogicalResourceId, input.NextToken);
      return {
        ...summaryOf(changeSet),
        Parameters: parametersView(changeSet),
        NotificationARNs: changeSet.notificationArns,
        RollbackConfiguration: {},
        Capabilities: changeSet.capabilities,
        Tags: Object.entries(changeSet.tags).map(([Key, Value]) => ({ Key, Value })),
        OnStackFailure: changeSet.onStackFailure,
        Changes: page.items.map((change) => ({
          Type: 'Resource',
          ResourceChange: hasValues ? change : withoutValues(change),
        })),
        NextToken: page.NextToken,
      };
    },
  };
}

function withoutValues({ BeforeContext: _before, AfterContext: _after, ...change }: ResourceChange) {
  const Details = change.Details.map(({ Target, ...detail }) => {
    const { Attribute, Name, RequiresRecreation } = Target;
    return { ...detail, Target: { Attribute, Name, RequiresRecreation } };
  });
  return { ...change, Details };
}
