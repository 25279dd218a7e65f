import type { Service } from '../../shared/services';
import type { WatchedTrails } from '../contracts/settings';
import { type AskedRequests, ENDED } from './asked-requests';
import type { Executions } from './executions';

/** The port to rows that executions leave. */
export interface EndRows {
  /** Of these orders, those whose row has an end. */
  endedOrders(table: string, orderIds: readonly string[]): Promise<ReadonlySet<string>>;
  /** Of these documents, by the keys of their rows, those that have a row. */
  knownDocuments(table: string, documentKeys: readonly string[]): Promise<ReadonlySet<string>>;
}

/** What sampling works with. */
export interface SampleProps {
  readonly executions: Pick<Executions, 'succeeded'>;
  readonly requests?: AskedRequests;
  readonly rows: EndRows;
}

/** What was looked at, and what of it lacks its trail. */
export interface AuditSample {
  readonly service: Service;
  readonly sampled: number;
  readonly missing: readonly string[];
}

/** An end is looked at when it is so old: rows are written before, and lists of executions lag. */
const SETTLED_MS = 2 * 60_000;
const LOOK_BACK_MS = 30 * 60_000;

/** Requests of each end that are looked at in one run. */
const REQUESTS_PER_STATUS = 5;

const NINETY_DAYS_MS = 90 * 24 * 3_600_000;
const GOLDEN_RATIO = 0.618033988749895;

/** The name of an ingestion begins with the key of its document: so many characters. */
const DOCUMENT_KEY_LENGTH = 32;

/** Looks at some of what has ended: whether it left the rows that an auditor will ask for. */
export async function auditSamples(
  props: SampleProps,
  { orders, ingestion }: WatchedTrails,
  now: number,
): Promise<AuditSample[]> {
  const { executions, requests, rows } = props;
  const samples: AuditSample[] = [];
  const endedOf = (machineArn: string) => executions.succeeded(machineArn, now - LOOK_BACK_MS, now - SETTLED_MS);
  if (orders) {
    const ids = await endedOf(orders.machineArn);
    const found = await rows.endedOrders(orders.table, ids);
    samples.push({ service: 'orders', sampled: ids.length, missing: ids.filter((id) => !found.has(id)) });
  }
  if (ingestion) {
    const names = await endedOf(ingestion.machineArn);
    const keys = [...new Set(names.map((name) => name.slice(0, DOCUMENT_KEY_LENGTH)))];
    const found = await rows.knownDocuments(ingestion.table, keys);
    samples.push({ service: 'ingestion', sampled: keys.length, missing: keys.filter((key) => !found.has(key)) });
  }
  if (requests) samples.push(await requestSample(requests, now));
  return samples;
}

async function requestSample(requests: AskedRequests, now: number): Promise<AuditSample> {
  let sampled = 0;
  const missing: string[] = [];
  for (const status of ENDED) {
    const to = sampledMoment(now);
    const found = await requests.opened({ status, from: to - NINETY_DAYS_MS, to, most: REQUESTS_PER_STATUS });
    for (const request of found.requests.filter(({ auditCount }) => auditCount !== undefined)) {
      sampled += 1;
      if (!(await requests.isAuditWhole(request))) missing.push(request.requestId);
    }
  }
  return { service: 'approvals', sampled, missing };
}

/** Now in every other minute; else a moment of the last ninety days, another one in each minute, so that none is left out for long. */
export function sampledMoment(now: number): number {
  const minute = Math.floor(now / 60_000);
  return minute % 2 === 0 ? now : now - ((minute * GOLDEN_RATIO) % 1) * NINETY_DAYS_MS;
}
