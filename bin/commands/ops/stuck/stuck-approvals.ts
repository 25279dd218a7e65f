import { createHash } from 'node:crypto';
import { paginateGetExecutionHistory } from '@aws-sdk/client-sfn';
import { type ApprovalSummary, ApprovalsClient } from '../../approvals/client';
import type { Aws } from '../aws';
import { stackWith } from '../deployment';
import { executionsOf, isSealed } from '../executions';
import { machinesOf } from '../machines';
import type { Search, Stuck } from './stuck';

/** How an execution ends whose question nobody needs an answer to any more. */
const DEAD = ['ABORTED', 'FAILED', 'TIMED_OUT'] as const;

/** The longest that a machine may be on its way before it asks. */
const BEFORE_ASKING_MS = 24 * 3_600_000;

/**
 * Requests that wait for somebody although the execution that asked has ended. A request does not say which execution asked; its id comes from
 * the execution's ARN, the state's name and the moment it was entered, so that ended executions are searched for the states that asked. Needs
 * the operators' API, `states:ListExecutions`, `GetExecutionHistory` and `kms:Decrypt` on the keys of machines that ask.
 */
export async function stuckApprovals(aws: Aws, outputsFile: string): Promise<Search> {
  const stack = stackWith(aws.deployment, 'ApprovalsApiUrl');
  if (!stack) return { found: [], blind: [] };
  const client = new ApprovalsClient(outputsFile);
  try {
    const pending = new Map<string, ApprovalSummary>();
    for await (const request of client.list('pending')) pending.set(request.requestId, request);
    if (pending.size === 0) return { found: [], blind: [] };
    const oldest = Math.min(...[...pending.values()].map(({ openedAt }) => Date.parse(openedAt)));
    const { asked, blind } = await askedByTheDead(aws, oldest - BEFORE_ASKING_MS);
    const found = [...asked].flatMap(([requestId, executionArn]): Stuck[] => {
      const request = pending.get(requestId);
      if (!request) return [];
      return [
        {
          stack,
          kind: 'approval',
          id: requestId,
          sinceMs: Date.parse(request.openedAt),
          why: `waits for an answer, and ${executionArn.split(':').pop()} has ended`,
          remedy: 'revokes the request, and tells those who were asked',
          repair: async () => {
            const revoker = new ApprovalsClient(outputsFile);
            const reason = 'The workflow that asked has ended.';
            await revoker.act(requestId, 'revoke', { reason }).finally(() => revoker.close());
          },
        },
      ];
    });
    return { found, blind };
  } finally {
    client.close();
  }
}

/** Ids of requests that dead executions made, with their ARNs. */
async function askedByTheDead(aws: Aws, sinceMs: number): Promise<{ asked: Map<string, string>; blind: string[] }> {
  const asked = new Map<string, string>();
  const blind: string[] = [];
  for (const { arn, name } of machinesOf(aws)) {
    let sealed = 0;
    for (const status of DEAD) {
      try {
        for await (const { executionArn } of executionsOf(aws.sfn, arn, { status, sinceMs })) {
          const keys = await requestKeysOf(aws, executionArn!).catch((error) => {
            if (!isSealed(error)) throw error;
            sealed++;
            return [];
          });
          for (const key of keys) asked.set(requestIdOf(key), executionArn!);
        }
      } catch (error) {
        // Express machines keep no list, and cannot wait for an answer.
        if ((error as Error).name !== 'StateMachineTypeNotSupported') throw error;
      }
    }
    if (sealed > 0) blind.push(`${sealed} ended executions of ${name}: their histories are encrypted`);
  }
  return { asked, blind };
}

async function requestKeysOf({ sfn }: Aws, executionArn: string): Promise<string[]> {
  const keys: string[] = [];
  const asked = { executionArn, includeExecutionData: false, maxResults: 1000 };
  for await (const { events = [] } of paginateGetExecutionHistory({ client: sfn }, asked)) {
    for (const { type, timestamp, stateEnteredEventDetails } of events) {
      if (type === 'TaskStateEntered')
        keys.push(`${executionArn}/${stateEnteredEventDetails!.name}/${timestamp!.toISOString()}`);
    }
  }
  return keys;
}

/** As the approvals' function makes it of the request key. */
function requestIdOf(requestKey: string): string {
  return createHash('sha256').update(requestKey).digest('base64url').slice(0, 27);
}
