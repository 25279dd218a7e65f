import { ApprovalsClient } from '../../approvals/client';
import type { Aws } from '../aws';
import { stackWith } from '../deployment';
import { executionStatus } from '../executions';
import type { Search, Stuck } from './stuck';

/**
 * Requests that wait for somebody although the execution that asked has ended. Needs the operators' API and `states:DescribeExecution`.
 */
export async function stuckApprovals(aws: Aws, outputsFile: string): Promise<Search> {
  const stack = stackWith(aws.deployment, 'ApprovalsApiUrl');
  if (!stack) return { found: [], blind: [] };
  const client = new ApprovalsClient(outputsFile);
  const found: Stuck[] = [];
  let unknown = 0;
  try {
    for await (const { requestId, openedAt, askedBy } of client.list('pending')) {
      if (askedBy === undefined) {
        unknown++;
        continue;
      }
      const status = await executionStatus(aws.sfn, askedBy);
      if (status === 'RUNNING') continue;
      found.push({
        stack,
        kind: 'approval',
        id: requestId,
        sinceMs: Date.parse(openedAt),
        why: `waits for an answer, and ${askedBy.split(':').pop()} ${status === undefined ? 'is gone' : 'has ended'}`,
        remedy: 'revokes the request, and tells those who were asked',
        repair: () => revoke(outputsFile, requestId),
      });
    }
  } finally {
    client.close();
  }
  return { found, blind: unknown > 0 ? [`${unknown} requests that do not say which execution asked`] : [] };
}

async function revoke(outputsFile: string, requestId: string): Promise<void> {
  const client = new ApprovalsClient(outputsFile);
  const reason = 'The workflow that asked has ended.';
  await client.act(requestId, 'revoke', { reason }).finally(() => client.close());
}
