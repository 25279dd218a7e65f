import { parseArn } from './arn';
import type { ServiceContext } from './context';
import { executionDoesNotExist } from './faults';
import type { ExecutionRecord } from './model';

/** A Standard execution. Throws InvalidArn, also for Express ones, or ExecutionDoesNotExist. */
export function executionOf(context: ServiceContext, arn: string): ExecutionRecord {
  const execution = context.store.executions.get(arn, context.host.kernel.clock.now());
  if (execution?.type === 'STANDARD') return execution;
  parseArn(arn, 'execution');
  throw executionDoesNotExist(arn);
}

/** What must be allowed to act on an execution. */
export function executionAccess(action: string, arn: unknown) {
  return [{ action: `states:${action}`, resource: typeof arn === 'string' ? arn : '*' }];
}

/** The machine's name, from its ARN. */
export function machineNameOf(machineArn: string): string {
  return machineArn.slice(machineArn.lastIndexOf(':') + 1);
}
