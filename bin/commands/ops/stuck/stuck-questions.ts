import { DescribeStateMachineForExecutionCommand, type HistoryEvent, StopExecutionCommand } from '@aws-sdk/client-sfn';
import { ApprovalsClient } from '../../approvals/client';
import type { Aws } from '../aws';
import { stackWith } from '../deployment';
import { isSealed, latestEvents } from '../executions';
import { type DeployedStateMachine, machinesOf } from '../machines';
import { statesByName } from '../redrive/repeat';
import { requestIdOf } from './request-id';
import { runningExecutions } from './running-executions';
import { type SealedExecution, sealedQuestions } from './sealed-questions';
import type { Search, Stuck } from './stuck';

/** A question is a request within seconds; so long it may take while functions are throttled. */
const GRACE_MS = 90_000;

/** Enough for the state that asks, its attempts, and the state before. */
const EVENTS_LOOKED_AT = 50;

/** The end of the resource of a state that asks by a queue and waits for the answer. */
const ASKS = /:sqs:sendMessage\.waitForTaskToken$/;

/** A question that an execution waits for an answer to. */
interface Question {
  readonly machine: DeployedStateMachine;
  readonly executionArn: string;
  readonly state: string;
  readonly askedMs: number;
}

/**
 * Executions that wait for somebody's answer although no request was ever opened: what they asked was lost. Those whose histories are
 * encrypted are judged by their requests alone. Needs the operators' API, `states:ListExecutions`, `GetExecutionHistory`,
 * `DescribeStateMachineForExecution` and `kms:Decrypt` where histories are to be read; to repair, `states:StopExecution`.
 */
export async function stuckQuestions(
  aws: Aws,
  outputsFile: string,
  times: { readonly beforeMs: number; readonly nowMs: number },
): Promise<Search> {
  if (!stackWith(aws.deployment, 'ApprovalsApiUrl')) return { found: [], blind: [] };
  const client = new ApprovalsClient(outputsFile);
  const found: Stuck[] = [];
  const sealed: SealedExecution[] = [];
  try {
    for (const machine of machinesOf(aws)) {
      for (const execution of await runningExecutions(aws, machine)) {
        try {
          const question = await questionOf(aws, machine, execution.arn);
          if (!question || times.nowMs - question.askedMs <= GRACE_MS) continue;
          if (!(await isRequest(client, question))) found.push(stopping(aws, question));
        } catch (error) {
          if (!isSealed(error)) throw error;
          if (asksPeople(machine)) sealed.push({ ...execution, machine });
        }
      }
    }
    found.push(...(await sealedQuestions(aws, client, sealed, times)));
  } finally {
    client.close();
  }
  return { found, blind: [] };
}

/** Undos ask nobody, though they share a key with the machine that does. */
function asksPeople({ arn, stack }: DeployedStateMachine): boolean {
  return arn !== stack.outputs.UndoMachineArn;
}

/** What the execution waits for an answer to; undefined when it is in no state that asks. */
async function questionOf(
  { sfn }: Aws,
  machine: DeployedStateMachine,
  executionArn: string,
): Promise<Question | undefined> {
  const events = await latestEvents(sfn, executionArn, EVENTS_LOOKED_AT);
  const entered = events.find((event: HistoryEvent) => event.stateEnteredEventDetails);
  if (entered?.type !== 'TaskStateEntered') return undefined;
  const state = entered.stateEnteredEventDetails!.name!;
  const { definition } = await sfn.send(new DescribeStateMachineForExecutionCommand({ executionArn }));
  const Resource = statesByName(JSON.parse(definition!)).get(state)?.Resource;
  if (typeof Resource !== 'string' || !ASKS.test(Resource)) return undefined;
  return { machine, executionArn, state, askedMs: entered.timestamp!.getTime() };
}

/** Whether the question became a request, whatever became of it: an answer that is on its way is the sweeper's. */
async function isRequest(client: ApprovalsClient, { executionArn, state, askedMs }: Question): Promise<boolean> {
  const requestId = requestIdOf(`${executionArn}/${state}/${new Date(askedMs).toISOString()}`);
  return (await client.find(requestId)) !== undefined;
}

function stopping({ sfn }: Aws, { machine, executionArn, state, askedMs }: Question): Stuck {
  return {
    stack: machine.stack,
    kind: 'execution',
    id: executionArn,
    sinceMs: askedMs,
    why: `waits in ${state} for an answer, and nobody was asked`,
    remedy: 'stops it: its recovery undoes or parks what it was about',
    repair: async () => {
      const cause = `Stopped by npm run ops: nobody was asked in ${state}.`;
      await sfn.send(new StopExecutionCommand({ executionArn, error: 'StoodStill', cause }));
    },
  };
}
