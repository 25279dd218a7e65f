/** Owns the traces: thirty days of them, and no more segments than fit. What is taken is told to the journal at once. */
import type { Journal, JournalCollection } from '../../kernel/journal';
import type { Segment, StoredSegment, Trace } from './model';

const KEPT_SECONDS = 30 * 86_400;
const SEGMENT_LIMIT = 20_000;

/** The traces of an account. */
export class XRayStore {
  /** In the order in which their first segments came. */
  private readonly traces = new Map<string, Trace>();
  private readonly records: JournalCollection<string>;
  private segments = 0;

  constructor(journal: Journal) {
    this.records = journal.collection('xray.segments');
    for (const [, document] of this.records.restored()) this.place(JSON.parse(document), document);
  }

  /** Takes a segment; one that is sent again, because it goes on or has ended, replaces what was sent before. */
  put(segment: Segment, document: string, nowSeconds: number): void {
    this.place(segment, document);
    this.records.put(keyOf(segment), document);
    this.forgetOld(nowSeconds);
  }

  trace(id: string): Trace | undefined {
    return this.traces.get(id);
  }

  allTraces(): Iterable<Trace> {
    return this.traces.values();
  }

  private place(segment: Segment, document: string): void {
    const trace = this.traces.get(segment.trace_id) ?? { id: segment.trace_id, segments: new Map() };
    this.traces.set(trace.id, trace);
    if (!trace.segments.has(segment.id)) this.segments++;
    trace.segments.set(segment.id, { segment, document } satisfies StoredSegment);
  }

  private forgetOld(nowSeconds: number): void {
    for (const [id, trace] of this.traces) {
      if (this.segments <= SEGMENT_LIMIT && startedAt(id) >= nowSeconds - KEPT_SECONDS) return;
      for (const { segment } of trace.segments.values()) this.records.delete(keyOf(segment));
      this.segments -= trace.segments.size;
      this.traces.delete(id);
    }
  }
}

/** A trace's id begins with the time at which it did, in seconds. */
function startedAt(traceId: string): number {
  return Number.parseInt(traceId.slice(2, 10), 16);
}

function keyOf({ trace_id, id }: Segment): string {
  return `${trace_id} ${id}`;
}
