import type { Action } from '../../../wire/service';
import { pageOf } from '../page';
import { summaryOf } from './change-set-lookup';
import { readAccess, type Stacks, stackOf } from './stack-access';

interface ListChangeSetsInput {
  readonly StackName?: string;
  readonly NextToken?: string;
}

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListChangeSets.html */
export function listChangeSets(stacks: Stacks): Action<ListChangeSetsInput> {
  return {
    access: readAccess(stacks, 'cloudformation:ListChangeSets'),
    handle: ({ StackName, NextToken: token }) => {
      const changeSets = stacks.store.changeSetsOf(stackOf(stacks.store, StackName).stackId);
      const { items, NextToken } = pageOf(changeSets, ({ changeSetId }) => changeSetId, token);
      return { Summaries: items.map(summaryOf), NextToken };
    },
  };
}
