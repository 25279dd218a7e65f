import type { Action } from '../../../wire/service';
import type { StackStore } from '../store';

/** What an action on one stack needs; without a stack's name, on all of them. */
export function readAccess(store: StackStore, action: string): NonNullable<Action['access']> {
  return ({ StackName }: { StackName?: string }) => [
    { action, resource: (StackName && (store.find(StackName)?.stackId ?? (isArn(StackName) && StackName))) || '*' },
  ];
}

function isArn(text: string): boolean {
  return text.startsWith('arn:');
}
