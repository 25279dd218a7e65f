import type { Invocation } from '../../shared/invocation';
import { requestIdField } from '../contracts/fields';

/** Wakes the request that a schedule's input names. Throws when it names none. */
export function createWakeHandler(wake: (requestId: string) => Promise<void>) {
  return async (event: { readonly requestId?: unknown }, _invocation: Invocation): Promise<void> => {
    const requestId = requestIdField.safeParse(event.requestId);
    if (!requestId.success) throw new Error('The schedule names no request: its input must be {"requestId": …}.');
    await wake(requestId.data);
  };
}
