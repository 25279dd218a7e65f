import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { readChains } from './read-audit';
import type { Break, ChainEnd } from './row';
import { verifyChain } from './verify-chain';

/** What a look at every chain found. */
export interface Verdict {
  readonly chains: number;
  readonly rows: number;
  readonly breaks: readonly Break[];
}

/**
 * Verifies every chain of the audit table against what the requests themselves say of its end. Acts that are written while it looks are not taken for
 * breaks: a chain that seems broken is read a second time with its request.
 */
export async function verifyAudit(
  client: DynamoDBClient,
  auditTable: string,
  readEnds: () => Promise<Map<string, ChainEnd>>,
): Promise<Verdict> {
  const first = await look(client, auditTable, await readEnds());
  if (first.breaks.length === 0) return first;
  const second = await look(client, auditTable, await readEnds());
  const stayed = new Set(first.breaks.map(({ requestId }) => requestId));
  return { ...second, breaks: second.breaks.filter(({ requestId }) => stayed.has(requestId)) };
}

async function look(client: DynamoDBClient, auditTable: string, ends: Map<string, ChainEnd>): Promise<Verdict> {
  const breaks: Break[] = [];
  let chains = 0;
  let count = 0;
  for await (const { requestId, rows } of readChains(client, auditTable)) {
    chains++;
    count += rows.length;
    const found = verifyChain(requestId, rows, ends.get(requestId));
    if (found) breaks.push(found);
    ends.delete(requestId);
  }
  for (const [requestId, { count: expected }] of ends) {
    if (expected > 0) breaks.push({ requestId, seq: 1, what: 'is missing, and with it the whole chain' });
  }
  return { chains, rows: count, breaks };
}
