import type { Caller } from '../../wire/caller';
import { administrator } from '../../wire/gateway';
import type { Host } from '../../wire/host';
import type { ResourceProvider } from '../../wire/resource-provider';
import type { CustomResources } from './custom-resources/custom-resources';
import { validationError } from './faults';
import type { OperationContext, StackEvent, StackRecord } from './model';
import type { StackStore } from './store';

/** What every operation on stacks works with. */
export interface StackTools {
  readonly host: Host;
  readonly store: StackStore;
  readonly customResources: CustomResources;
  readonly operation: OperationContext;
  /** The provider of a resource type, undefined when the type is not emulated. */
  provider(type: string): ResourceProvider | undefined;
  /** The staged file or folder that would be published to this place; undefined when it is to be read from S3. */
  assetPath(bucket: string, key: string): string | undefined;
  /** What SSM is taken to hold when it does not: the version of the bootstrap, in deployments of this process. */
  readonly ssmDefaults: Readonly<Record<string, string>>;
  /** Told of what is not emulated; absent where whoever asks says it himself. */
  readonly report?: (line: string) => void;
  /** Told of every event as it happens. */
  readonly onEvent?: (event: StackEvent) => void;
}

/** The same tools for a new operation; without a caller it is the administrator's. */
export function beginOperation(
  tools: Omit<StackTools, 'operation'>,
  asked: Partial<Omit<OperationContext, 'operationId' | 'removed'>>,
): StackTools {
  const { kernel, accountId } = tools.host;
  const { caller = administrator(accountId), clientRequestToken, onFailure, disableRollback } = asked;
  const { isRepeated, isForced, skipped } = asked;
  return {
    ...tools,
    operation: {
      ...{ operationId: kernel.random.uuid(), caller, clientRequestToken },
      ...{ onFailure, disableRollback, isRepeated, isForced, skipped },
    },
  };
}

/** Whom CloudFormation acts as for a stack: its role, or else whoever asked. */
export function actingCaller(tools: StackTools, { roleArn }: Pick<StackRecord, 'roleArn'>): Caller {
  if (!roleArn) return tools.operation.caller;
  try {
    return tools.host.assumeRole(roleArn, 'cloudformation.amazonaws.com', 'AWSCloudFormation');
  } catch {
    throw validationError(`Role ${roleArn} is invalid or cannot be assumed`);
  }
}

/** Writes an event into a stack's history. */
export function recordEvent(
  tools: StackTools,
  stack: StackRecord,
  event: Pick<StackEvent, 'logicalId' | 'physicalId' | 'type' | 'status' | 'reason' | 'properties'>,
): void {
  const { kernel } = tools.host;
  const { operationId, clientRequestToken } = tools.operation;
  const last = tools.store.eventsOf(stack.stackId).at(-1);
  const complete: StackEvent = {
    ...event,
    eventId:
      event.type === 'AWS::CloudFormation::Stack'
        ? kernel.random.uuid()
        : `${event.logicalId}-${event.status}-${kernel.random.uuid()}`,
    stackName: stack.stackName,
    stackId: stack.stackId,
    // No two events of a stack have the same time, by which tools sort them.
    atMs: Math.max(kernel.clock.now(), (last?.atMs ?? 0) + 1),
    operationId,
    clientRequestToken,
  };
  tools.store.addEvent(complete);
  tools.onEvent?.(complete);
}

/** Moves a stack to a status, with the event that says so; its operation is kept for as long as it is under way. */
export function enterStatus(
  tools: StackTools,
  stack: StackRecord,
  status: StackRecord['status'],
  reason?: string,
): void {
  tools.store.setStatus(stack.stackId, status, reason, tools.operation);
  const { stackName: logicalId, stackId: physicalId } = stack;
  recordEvent(tools, stack, { logicalId, physicalId, type: 'AWS::CloudFormation::Stack', status, reason });
}
