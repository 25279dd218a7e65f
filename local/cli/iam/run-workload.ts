import type { AskedRequest, RecordedRequest } from '../../services/iam/decision-record';
import type { Evidence } from './judge';
import { WorkloadAccount } from './workload/account';
import { askForApprovals } from './workload/approvals';
import { fanOutEvents } from './workload/fan-out';
import { ingestDocuments } from './workload/ingestion';
import { lookAfterKeys } from './workload/keys';
import { placeOrders } from './workload/orders';
import { askForQuotes } from './workload/quotes';
import { reconcileOrders } from './workload/reconciliation';
import { askInTheClear } from './workload/transport';
import { loseDeliveries } from './workload/undeliverable';
import { watchOrders } from './workload/watchers';

/** A part of the workload. */
export interface Part {
  /** As people call it. */
  readonly name: string;
  readonly run: (account: WorkloadAccount) => Promise<void>;
  /** The part whose products it works with. */
  readonly needs?: string;
}

/** All parts, in order; nothing works after the last one. */
export const PARTS: readonly Part[] = [
  { name: 'orders', run: placeOrders },
  { name: 'watchers', run: watchOrders, needs: 'orders' },
  { name: 'reconciliation', run: reconcileOrders, needs: 'orders' },
  { name: 'approvals', run: askForApprovals, needs: 'orders' },
  { name: 'fan-out', run: fanOutEvents },
  { name: 'quotes', run: askForQuotes },
  { name: 'documents', run: ingestDocuments },
  { name: 'keys', run: lookAfterKeys },
  { name: 'plain HTTP', run: askInTheClear },
  { name: 'lost deliveries', run: loseDeliveries },
];

/**
 * Deploys an assembly to an embedded AWS of its own, does everything that the stacks are there for, and gives what was
 * decided on the way. Ends as soon as a role or a service lacks a grant.
 */
export async function runWorkload(
  assemblyFolder: string,
  onPart: (name: string) => void = () => undefined,
  parts: readonly Part[] = PARTS,
): Promise<Evidence> {
  const account = new WorkloadAccount();
  const made: number[] = [];
  let endedBy: AskedRequest | undefined;
  try {
    await account.deploy(assemblyFolder);
    for (const { name, run } of parts) {
      made.push(account.record.requests.length);
      await run(account);
      await account.idle();
      onPart(name);
    }
  } catch (error) {
    endedBy = account.refused;
    if (!endedBy) throw error;
  } finally {
    await account.stop();
  }
  const { policies, roles, accountId, region } = account;
  return { policies, roles, accountId, region, requests: account.record.requests, made, endedBy };
}

/**
 * The parts of the whole workload that are enough for a request to be made. For one that deploying makes it is the first:
 * pollers that are deployed begin in their own time.
 */
export function partsThatMake({ requests, made }: Evidence, request: RecordedRequest): Part[] {
  const index = requests.indexOf(request);
  const part = PARTS.findLast((_, at) => made[at]! <= index) ?? PARTS[0]!;
  return PARTS.filter(({ name }) => name === part.name || name === part.needs);
}
