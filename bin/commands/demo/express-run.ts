import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { FinishedExecution } from './execution';
import type { Shop } from './shop';

/** An event as Step Functions logs it: https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html */
interface LoggedEvent {
  readonly type: string;
  readonly details?: { readonly name?: string; readonly resourceType?: string; readonly error?: string };
  readonly event_timestamp: string;
  readonly execution_arn: string;
}

const END = /^Execution(Succeeded|Failed|TimedOut|Aborted)$/;

/**
 * Waits for the end of an Express execution in the log of its machine, which is its only history. Throws after `timeoutMs`:
 * AWS delivers logs within seconds as a rule, and promises nothing.
 */
export async function awaitExpressRun(
  shop: Shop,
  machineArn: string,
  name: string,
  timeoutMs = 60_000,
): Promise<FinishedExecution> {
  const logGroupName = `/aws/vendedlogs/states/${machineArn.split(':')[6]}`;
  for (const until = Date.now() + timeoutMs; Date.now() < until; ) {
    const command = new FilterLogEventsCommand({ logGroupName, filterPattern: `"${name}"` });
    const { events = [] } = await shop.logs.send(command);
    const logged = events.map(({ message }) => JSON.parse(message ?? '{}') as LoggedEvent);
    const end = logged.find(({ type }) => END.test(type));
    if (end) return finished(logged, end);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`${name} did not end in the log ${logGroupName} within ${timeoutMs / 1000} s.`);
}

function finished(logged: readonly LoggedEvent[], end: LoggedEvent): FinishedExecution {
  const entered = logged.filter(({ type }) => type.endsWith('StateEntered'));
  const scheduled = logged.filter(({ type }) => type === 'TaskScheduled');
  const tasks = entered.filter(({ type }) => type === 'TaskStateEntered');
  const times = logged.map((event) => Number(event.event_timestamp));
  const status = END.exec(end.type)![1]!.toUpperCase();
  return {
    executionArn: end.execution_arn,
    status,
    end: end.details?.error ?? status,
    output: {},
    path: entered.map(({ details }) => details!.name!),
    transitions: entered.length + Math.max(0, scheduled.length - tasks.length),
    lambdaCalls: scheduled.filter(({ details }) => details?.resourceType === 'lambda').length,
    startedAtMs: Math.min(...times),
    stoppedAtMs: Number(end.event_timestamp),
    conflicts: 0,
    isExpress: true,
  };
}
