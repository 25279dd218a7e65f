import type { Host } from '../../wire/host';
import type { ResourceProvider } from '../../wire/resource-provider';
import type { StackEvent, StackRecord } from './model';
import type { StackStore } from './store';

/** What every operation on stacks works with. */
export interface StackTools {
  readonly host: Host;
  readonly store: StackStore;
  /** The provider of a resource type, undefined when the type is not emulated. */
  provider(type: string): ResourceProvider | undefined;
  /** The staged file or folder that would be published to this place; throws when there is none. */
  assetPath(bucket: string, key: string): string;
  /** Told of every event as it happens. */
  readonly onEvent?: (event: StackEvent) => void;
}

/** Writes an event into a stack's history. */
export function recordEvent(
  tools: StackTools,
  stack: StackRecord,
  event: Pick<StackEvent, 'logicalId' | 'physicalId' | 'type' | 'status' | 'reason'>,
): void {
  const { kernel } = tools.host;
  const complete: StackEvent = {
    ...event,
    eventId: kernel.random.uuid(),
    stackName: stack.stackName,
    stackId: stack.stackId,
    atMs: kernel.clock.now(),
  };
  tools.store.addEvent(complete);
  tools.onEvent?.(complete);
}

/** Moves a stack to a status, with the event that says so. */
export function enterStatus(
  tools: StackTools,
  stack: StackRecord,
  status: StackRecord['status'],
  reason?: string,
): void {
  tools.store.setStatus(stack.stackId, status, reason);
  const { stackName: logicalId, stackId: physicalId } = stack;
  recordEvent(tools, stack, { logicalId, physicalId, type: 'AWS::CloudFormation::Stack', status, reason });
}
