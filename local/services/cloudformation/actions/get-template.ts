import type { Action } from '../../../wire/service';
import { changeSetNotFound } from '../faults';
import { readAccess, type Stacks, stackOf } from './stack-access';

interface GetTemplateInput {
  readonly StackName?: string;
  readonly ChangeSetName?: string;
  readonly TemplateStage?: 'Original' | 'Processed';
}

/**
 * https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplate.html. Without transforms both stages are the template as it was
 * sent.
 */
export function getTemplate(stacks: Stacks): Action<GetTemplateInput> {
  return {
    access: readAccess(stacks, 'cloudformation:GetTemplate'),
    handle: ({ StackName, ChangeSetName }) => {
      const StagesAvailable = ['Original', 'Processed'];
      if (!ChangeSetName) return { TemplateBody: stackOf(stacks.store, StackName).templateBody, StagesAvailable };
      const changeSet = stacks.store.findChangeSet(ChangeSetName, StackName);
      if (!changeSet) throw changeSetNotFound(ChangeSetName);
      return { TemplateBody: changeSet.templateBody, StagesAvailable };
    },
  };
}
