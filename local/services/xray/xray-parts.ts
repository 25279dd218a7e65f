import type { Host } from '../../wire/host';
import type { Access, Action } from '../../wire/service';
import { invalidRequest } from './faults';
import type { XRayStore } from './store';
import { factsOf, type TraceFacts } from './trace-summary';

/** What the actions of X-Ray work with. */
export interface XRayParts {
  readonly host: Host;
  readonly store: XRayStore;
}

/** Makes an action from the parts. */
export type ActionFactory = (parts: XRayParts) => Action;

/** X-Ray knows no resources for these actions. */
export function anyAccess(action: string): () => Access[] {
  return () => [{ action: `xray:${action}`, resource: '*' }];
}

const LONGEST_RANGE_SECONDS = 24 * 3600;

/** The traces that began in a range of at most a day. Throws InvalidRequestException. */
export function tracesBetween({ store }: XRayParts, startTime: unknown, endTime: unknown): TraceFacts[] {
  const start = readSeconds('StartTime', startTime);
  const end = readSeconds('EndTime', endTime);
  if (start >= end) throw invalidRequest('StartTime must be before EndTime.');
  if (end - start > LONGEST_RANGE_SECONDS) throw invalidRequest('Time range cannot be longer than 24 hours.');
  return [...store.allTraces()].map(factsOf).filter((facts) => facts.start >= start && facts.start < end);
}

function readSeconds(name: string, value: unknown): number {
  const seconds =
    value instanceof Date ? value.getTime() / 1000 : typeof value === 'string' ? Date.parse(value) / 1000 : value;
  if (typeof seconds !== 'number' || !Number.isFinite(seconds)) throw invalidRequest(`${name} is required.`);
  return seconds;
}
