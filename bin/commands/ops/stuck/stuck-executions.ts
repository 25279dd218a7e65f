import { DescribeStateMachineForExecutionCommand, StopExecutionCommand } from '@aws-sdk/client-sfn';
import type { Aws } from '../aws';
import { isSealed, latestEvents } from '../executions';
import { type DeployedStateMachine, machinesOf } from '../machines';
import { statesByName } from '../redrive/repeat';
import { runningExecutions } from './running-executions';
import type { Search, Stuck } from './stuck';
import { silenceLimit } from './time-limit';

/** Far enough back to find the state that the latest event belongs to. */
const EVENTS_LOOKED_AT = 50;

/**
 * Executions that run and have been silent for longer than the state that they are in allows. Needs `states:ListExecutions`,
 * `GetExecutionHistory`, `DescribeStateMachineForExecution` and `kms:Decrypt` where the machine is encrypted; to repair,
 * `states:StopExecution`.
 */
export async function stuckExecutions(aws: Aws, nowMs: number): Promise<Search> {
  const found: Stuck[] = [];
  const blind: string[] = [];
  for (const machine of machinesOf(aws)) {
    let sealed = 0;
    for (const { arn: executionArn } of await runningExecutions(aws, machine)) {
      try {
        const stuck = await silentTooLong(aws, machine, executionArn, nowMs);
        if (stuck) found.push(stuck);
      } catch (error) {
        if (!isSealed(error)) throw error;
        sealed++;
      }
    }
    if (sealed > 0) blind.push(`${sealed} running executions of ${machine.name}: their histories are encrypted`);
  }
  return { found, blind };
}

async function silentTooLong(
  aws: Aws,
  { stack }: DeployedStateMachine,
  executionArn: string,
  nowMs: number,
): Promise<Stuck | undefined> {
  const events = await latestEvents(aws.sfn, executionArn, EVENTS_LOOKED_AT);
  const sinceMs = events[0]?.timestamp?.getTime();
  const name = events.map((event) => event.stateEnteredEventDetails?.name).find(Boolean);
  if (sinceMs === undefined || name === undefined) return undefined;
  const { definition } = await aws.sfn.send(new DescribeStateMachineForExecutionCommand({ executionArn }));
  const state = statesByName(JSON.parse(definition!)).get(name);
  const limitSeconds = state && silenceLimit(state);
  if (limitSeconds === undefined || nowMs - sinceMs <= limitSeconds * 1000) return undefined;
  return {
    stack,
    kind: 'execution',
    id: executionArn,
    sinceMs,
    why: `silent in ${name}, which allows ${limitSeconds} s`,
    remedy: 'stops it: its recovery undoes or parks what it was about',
    repair: async () => {
      const cause = `Stopped by npm run ops: silent in ${name}.`;
      await aws.sfn.send(new StopExecutionCommand({ executionArn, error: 'StoodStill', cause }));
    },
  };
}
