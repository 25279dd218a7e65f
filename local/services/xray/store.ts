/** Owns the traces: thirty days of them, and no more than fit. What is taken is told to the journal at once. */
import type { Journal, JournalCollection } from '../../kernel/journal';
import type { Segment, Trace } from './model';

const KEPT_SECONDS = 30 * 86_400;
/** All documents together. */
const LIMIT_CHARACTERS = 16 * 2 ** 20;

/** The traces of an account. */
export class XRayStore {
  /** In the order in which their first segments came. */
  private readonly traces = new Map<string, Trace>();
  private readonly records: JournalCollection<string>;
  private characters = 0;

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
    const trace = this.traces.get(segment.trace_id) ?? { id: segment.trace_id, documents: new Map() };
    this.traces.set(trace.id, trace);
    this.characters += document.length - (trace.documents.get(segment.id)?.length ?? 0);
    trace.documents.set(segment.id, document);
  }

  private forgetOld(nowSeconds: number): void {
    for (const [id, trace] of this.traces) {
      if (this.characters <= LIMIT_CHARACTERS && startedAt(id) >= nowSeconds - KEPT_SECONDS) return;
      for (const [segmentId, document] of trace.documents) {
        this.records.delete(keyOf({ trace_id: id, id: segmentId }));
        this.characters -= document.length;
      }
      this.traces.delete(id);
    }
  }
}

/** A trace's id begins with the time at which it did, in seconds. */
function startedAt(traceId: string): number {
  return Number.parseInt(traceId.slice(2, 10), 16);
}

function keyOf({ trace_id, id }: Pick<Segment, 'trace_id' | 'id'>): string {
  return `${trace_id} ${id}`;
}
