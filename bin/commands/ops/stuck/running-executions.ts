import type { Aws } from '../aws';
import { executionsOf } from '../executions';
import type { DeployedStateMachine } from '../machines';

/** An execution that runs. */
export interface RunningExecution {
  readonly arn: string;
  readonly startedMs: number;
}

/** A machine's executions that run; none of an Express machine. */
export async function runningExecutions({ sfn }: Aws, { arn }: DeployedStateMachine): Promise<RunningExecution[]> {
  const running: RunningExecution[] = [];
  try {
    for await (const { executionArn, startDate } of executionsOf(sfn, arn, { status: 'RUNNING' }))
      running.push({ arn: executionArn!, startedMs: startDate!.getTime() });
  } catch (error) {
    // Express machines keep no list; none of their executions lives longer than five minutes.
    if ((error as Error).name !== 'StateMachineTypeNotSupported') throw error;
  }
  return running;
}
