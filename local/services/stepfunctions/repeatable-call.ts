import type { TaskResource } from '../../engine/contract';

/**
 * Whether a call whose answer is not in the journal has had no effect, so that it can be made again. An embedded service acts and answers
 * in one turn of the event loop, which is durable as a whole. Functions and HTTP endpoints act on their own, and so does an Express
 * execution that is waited for.
 */
export function isRepeatable(resource: TaskResource): boolean {
  if (resource.kind !== 'service') return false;
  const { service, action } = resource;
  return service !== 'lambda' && service !== 'http' && action !== 'startSyncExecution';
}
