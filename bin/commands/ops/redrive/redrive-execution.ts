import { createHash } from 'node:crypto';
import {
  DescribeExecutionCommand,
  DescribeStateMachineForExecutionCommand,
  type HistoryEvent,
  paginateGetExecutionHistory,
  RedriveExecutionCommand,
} from '@aws-sdk/client-sfn';
import type { Aws } from '../aws';
import { resourcesOfType } from '../deployment';
import { isSealed } from '../executions';
import { judgeRedrive, type RedriveVerdict } from './judge-redrive';

/** How the redrive of one execution came out. */
export interface RedriveOutcome {
  readonly executionArn: string;
  readonly outcome: 'redriven' | 'would be redriven' | 'refused';
  readonly why: string;
}

/**
 * Redrives an execution if all that would run again may run again. It needs `states:DescribeExecution`,
 * `DescribeStateMachineForExecution`, `GetExecutionHistory` and `RedriveExecution`, and `kms:Decrypt` where the machine is encrypted: what cannot
 * be judged is refused.
 */
export async function redriveExecution(aws: Aws, executionArn: string, isDryRun: boolean): Promise<RedriveOutcome> {
  const { sfn } = aws;
  const refused = (why: string): RedriveOutcome => ({ executionArn, outcome: 'refused', why });
  const found = await sfn.send(new DescribeExecutionCommand({ executionArn, includedData: 'METADATA_ONLY' }));
  if (found.redriveStatus !== 'REDRIVABLE') {
    return refused(`Step Functions says ${found.redriveStatus}: ${found.redriveStatusReason ?? found.status}`);
  }
  let verdict: RedriveVerdict;
  try {
    verdict = await judge(aws, executionArn);
  } catch (error) {
    if (!isSealed(error)) throw error;
    return refused(
      `its definition or history cannot be read, so nobody can tell what would run again: ${(error as Error).message}`,
    );
  }
  if (verdict.kind === 'refused') return refused(`${verdict.state} may not run again: ${verdict.why}`);
  const states = verdict.states.join(', ') || 'no task';
  if (isDryRun) return { executionArn, outcome: 'would be redriven', why: `runs again: ${states}` };
  const stack = stackOfMachine(aws, found.stateMachineArn!);
  await aws.operatorLog.write(stack, { act: 'redrive', executionArn, states: verdict.states });
  // The same redrive asked for twice, as after an answer that was lost, is one.
  const clientToken = createHash('sha256')
    .update(`${executionArn}/${found.redriveCount ?? 0}`)
    .digest('hex');
  await sfn.send(new RedriveExecutionCommand({ executionArn, clientToken }));
  return { executionArn, outcome: 'redriven', why: `runs again: ${states}` };
}

/** The stack that a machine belongs to. Throws an Error for a machine of another's. */
export function stackOfMachine({ deployment }: Aws, machineArn: string) {
  const owner = resourcesOfType(deployment, 'AWS::StepFunctions::StateMachine').find(
    ({ resource }) => resource.physicalId === machineArn,
  );
  if (!owner) throw new Error(`The machine ${machineArn} belongs to no stack of the outputs file.`);
  return owner.stack;
}

async function judge({ sfn }: Aws, executionArn: string): Promise<RedriveVerdict> {
  const { definition } = await sfn.send(new DescribeStateMachineForExecutionCommand({ executionArn }));
  const events: HistoryEvent[] = [];
  const asked = { executionArn, includeExecutionData: false, maxResults: 1000 };
  for await (const page of paginateGetExecutionHistory({ client: sfn }, asked)) events.push(...(page.events ?? []));
  return judgeRedrive(JSON.parse(definition!), events);
}
