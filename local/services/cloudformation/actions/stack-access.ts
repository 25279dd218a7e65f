import type { Host } from '../../../wire/host';
import type { Access, Action } from '../../../wire/service';
import { stackDoesNotExist, validationError } from '../faults';
import type { StackRecord } from '../model';
import type { StackStore } from '../store';

/** What the actions that read look things up in. */
export interface Stacks {
  readonly host: Host;
  readonly store: StackStore;
}

/** What an action on one stack needs; without a stack's name, on all of them. */
export function readAccess(stacks: Stacks, action: string): NonNullable<Action['access']> {
  return ({ StackName }: { StackName?: string }) => [stackAccess(stacks, action, StackName)];
}

/** The right to an action on a stack that need not exist. */
export function stackAccess({ host, store }: Stacks, action: string, stackName: string | undefined): Access {
  if (!stackName) return { action, resource: '*' };
  const { region, accountId } = host;
  const missing = stackName.startsWith('arn:')
    ? stackName
    : `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/*`;
  return { action, resource: store.find(stackName)?.stackId ?? missing };
}

/** The stack of a request; throws ValidationError when there is none. */
export function stackOf(store: StackStore, stackName: string | undefined): StackRecord {
  if (!stackName) {
    throw validationError(
      "1 validation error detected: Value null at 'stackName' failed to satisfy constraint: Member must not be null",
    );
  }
  const stack = store.find(stackName);
  if (!stack) throw stackDoesNotExist(stackName);
  return stack;
}
