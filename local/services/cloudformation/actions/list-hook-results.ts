import type { Action } from '../../../wire/service';

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_ListHookResults.html; there are no hooks. */
export function listHookResults(): Action {
  return {
    access: () => [{ action: 'cloudformation:ListHookResults', resource: '*' }],
    handle: () => ({ HookResults: [] }),
  };
}
