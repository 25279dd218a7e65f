/** Owns the service graph: the services of some traces, how they fared, and who called whom. */
import type { Segment } from './model';
import type { TraceFacts } from './trace-summary';

interface Service {
  readonly ReferenceId: number;
  readonly segment: Segment;
  readonly isRoot: boolean;
  readonly segments: Segment[];
  readonly calls: Map<number, Segment[]>;
  /** What it sent to a queue that others took from. */
  readonly links: Map<number, Segment[]>;
}

/** The services of GetServiceGraph. https://docs.aws.amazon.com/xray/latest/api/API_Service.html */
export function serviceGraph(traces: readonly TraceFacts[], accountId: string): object[] {
  const services = new Map<string, Service>();
  const owners = new Map(traces.map(({ id, segments }) => [id, ownersOf(segments)]));
  for (const { id, segments, entry } of traces) {
    const byId = owners.get(id)!;
    for (const segment of segments) serviceOf(services, segment, segment === entry).segments.push(segment);
    for (const segment of segments) {
      const { ReferenceId } = serviceOf(services, segment, false);
      const note = (caller: Segment | undefined, of: 'calls' | 'links') => {
        if (!caller || keyOf(caller) === keyOf(segment)) return;
        const edges = serviceOf(services, caller, false)[of];
        edges.set(ReferenceId, [...(edges.get(ReferenceId) ?? []), segment]);
      };
      if (segment.parent_id !== undefined) note(byId.get(segment.parent_id), 'calls');
      for (const link of segment.links ?? []) note(owners.get(link.trace_id)?.get(link.id ?? ''), 'links');
    }
  }
  return [...services.values()].map(({ ReferenceId, segment, isRoot, segments, calls, links }) => ({
    ReferenceId,
    Name: segment.name,
    Names: [segment.name],
    AccountId: accountId,
    Type: segment.origin,
    Root: isRoot,
    State: 'active',
    ...spanOf(segments),
    SummaryStatistics: statisticsOf(segments),
    Edges: [
      ...[...calls].map(([to, called]) => edgeTo(to, called)),
      ...[...links].map(([to, linked]) => ({ ...edgeTo(to, linked), EdgeType: 'link' })),
    ],
  }));
}

function edgeTo(ReferenceId: number, segments: readonly Segment[]): object {
  return { ReferenceId, ...spanOf(segments), SummaryStatistics: statisticsOf(segments), Aliases: [] };
}

/** The segment that a parent's id belongs to: its own, or that of one of its subsegments. */
function ownersOf(segments: readonly Segment[]): Map<string, Segment> {
  const owners = new Map<string, Segment>();
  const note = (part: Segment, owner: Segment) => {
    owners.set(part.id, owner);
    for (const inner of part.subsegments ?? []) note(inner, owner);
  };
  for (const segment of segments) note(segment, segment);
  return owners;
}

function serviceOf(services: Map<string, Service>, segment: Segment, isRoot: boolean): Service {
  const known = services.get(keyOf(segment));
  if (known) return known;
  const service = { ReferenceId: services.size, segment, isRoot, segments: [], calls: new Map(), links: new Map() };
  services.set(keyOf(segment), service);
  return service;
}

function keyOf({ name, origin }: Segment): string {
  return `${name}\n${origin}`;
}

function spanOf(segments: readonly Segment[]): object {
  return {
    StartTime: Math.min(...segments.map(({ start_time }) => start_time)),
    EndTime: Math.max(...segments.map(({ start_time, end_time }) => end_time ?? start_time)),
  };
}

function statisticsOf(segments: readonly Segment[]): object {
  const count = (of: (segment: Segment) => boolean | undefined) => segments.filter(of).length;
  const throttled = count(({ throttle }) => throttle);
  const errors = count(({ error }) => error);
  const faults = count(({ fault }) => fault);
  return {
    OkCount: count(({ error, fault, throttle }) => !error && !fault && !throttle),
    ErrorStatistics: { ThrottleCount: throttled, OtherCount: errors - throttled, TotalCount: errors },
    FaultStatistics: { OtherCount: faults, TotalCount: faults },
    TotalCount: segments.length,
    TotalResponseTime: segments.reduce(
      (sum, { start_time, end_time }) => sum + (end_time ?? start_time) - start_time,
      0,
    ),
  };
}
