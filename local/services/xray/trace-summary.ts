/** Owns what GetTraceSummaries says of a trace, and what filter expressions ask of it. */
import type { Segment, Trace } from './model';

/** What is known of a trace as a whole. */
export interface TraceFacts {
  readonly id: string;
  /** Seconds since the epoch. */
  readonly start: number;
  readonly end: number;
  readonly segments: readonly Segment[];
  /** The segment that began the trace. */
  readonly entry: Segment;
  readonly isPartial: boolean;
}

/** The facts of a trace. */
export function factsOf(trace: Trace): TraceFacts {
  const segments = [...trace.documents.values()].map((document) => JSON.parse(document) as Segment);
  const byStart = [...segments].sort((a, b) => a.start_time - b.start_time);
  const entry = byStart.find(({ parent_id }) => parent_id === undefined) ?? byStart[0]!;
  return {
    id: trace.id,
    start: byStart[0]!.start_time,
    end: Math.max(...segments.map(({ start_time, end_time }) => end_time ?? start_time)),
    segments,
    entry,
    isPartial: segments.some(({ in_progress }) => in_progress === true),
  };
}

/** Whether any segment of a trace, itself or one of its own subsegments, has a mark. */
export function hasMark({ segments }: Pick<TraceFacts, 'segments'>, mark: 'error' | 'fault' | 'throttle'): boolean {
  return segments.some((segment) => segment[mark] === true);
}

/** All annotations of a trace by key, with subsegments. */
export function annotationsOf(segments: readonly Segment[]): Map<string, (string | number | boolean)[]> {
  const found = new Map<string, (string | number | boolean)[]>();
  for (const segment of segments) {
    for (const [key, value] of Object.entries(segment.annotations ?? {})) {
      found.set(key, [...(found.get(key) ?? []), value]);
    }
    for (const [key, values] of annotationsOf(segment.subsegments ?? [])) {
      found.set(key, [...(found.get(key) ?? []), ...values]);
    }
  }
  return found;
}

/** A summary as the API has it. https://docs.aws.amazon.com/xray/latest/api/API_TraceSummary.html */
export function summaryOf(facts: TraceFacts, accountId: string): object {
  const { id, start, end, segments, entry, isPartial } = facts;
  const { request = {}, response = {} } = entry.http ?? {};
  const annotations = [...annotationsOf(segments)].map(([key, values]) => [
    key,
    values.map((value) => ({ AnnotationValue: annotationValue(value) })),
  ]);
  return {
    Id: id,
    StartTime: start,
    MatchedEventTime: start,
    Duration: end - start,
    ResponseTime: (entry.end_time ?? entry.start_time) - entry.start_time,
    HasFault: hasMark(facts, 'fault'),
    HasError: hasMark(facts, 'error'),
    HasThrottle: hasMark(facts, 'throttle'),
    IsPartial: isPartial,
    Http: {
      HttpURL: request.url,
      HttpMethod: request.method,
      HttpStatus: response.status,
      ClientIp: request.client_ip,
      UserAgent: request.user_agent,
    },
    Annotations: Object.fromEntries(annotations),
    Users: segments.flatMap(({ user }) => (user === undefined ? [] : [{ UserName: user }])),
    ServiceIds: segments.map((segment) => serviceId(segment, accountId)),
    EntryPoint: serviceId(entry, accountId),
    Revision: segments.length,
  };
}

/** A service as the API names it. */
export function serviceId({ name, origin }: Segment, accountId: string): object {
  return { Name: name, Names: [name], AccountId: accountId, Type: origin };
}

function annotationValue(value: string | number | boolean): object {
  if (typeof value === 'number') return { NumberValue: value };
  return typeof value === 'boolean' ? { BooleanValue: value } : { StringValue: value };
}
