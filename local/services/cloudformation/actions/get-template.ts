import type { Action } from '../../../wire/service';
import { stackDoesNotExist } from '../faults';
import type { StackStore } from '../store';
import { readAccess } from './stack-access';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_GetTemplate.html */
export function getTemplate(store: StackStore): Action {
  return {
    access: readAccess(store, 'cloudformation:GetTemplate'),
    handle: ({ StackName }: { StackName: string }) => {
      const stack = store.find(StackName);
      if (!stack) throw stackDoesNotExist(StackName);
      return { TemplateBody: JSON.stringify(stack.template), StagesAvailable: ['Original', 'Processed'] };
    },
  };
}
