import type { Aws } from '../aws';
import { executionsOf } from '../executions';
import type { DeployedStateMachine } from '../machines';

/** The ARNs of a machine's executions that run; none of an Express machine. */
export async function runningExecutions({ sfn }: Aws, { arn }: DeployedStateMachine): Promise<string[]> {
  const running: string[] = [];
  try {
    for await (const { executionArn } of executionsOf(sfn, arn, { status: 'RUNNING' })) running.push(executionArn!);
  } catch (error) {
    // Express machines keep no list; none of their executions lives longer than five minutes.
    if ((error as Error).name !== 'StateMachineTypeNotSupported') throw error;
  }
  return running;
}
