/**
 * Owns what a segment document must be. https://docs.aws.amazon.com/xray/latest/devguide/xray-api-segmentdocuments.html
 */
import type { Segment } from './model';

/** Why a document is not taken: an entry of `UnprocessedTraceSegments`. */
export interface Unprocessed {
  readonly Id?: string;
  readonly ErrorCode: string;
  readonly Message: string;
}

const LIMIT_BYTES = 64 * 1024;
const SEGMENT_ID = /^[0-9a-f]{16}$/;
const TRACE_ID = /^1-[0-9a-f]{8}-[0-9a-f]{24}$/;

/** The segment of a document, or why it is not taken. */
export function readSegment(document: unknown): Segment | Unprocessed {
  if (typeof document !== 'string' || Buffer.byteLength(document) > LIMIT_BYTES) {
    return { ErrorCode: 'InvalidSegment', Message: 'A segment document is a text of at most 64 KB.' };
  }
  let value: Segment;
  try {
    value = JSON.parse(document);
  } catch {
    return { ErrorCode: 'ParseError', Message: 'Invalid segment. ErrorCode: ParseError' };
  }
  const missing = missingIn(value ?? {});
  return missing ? { Id: value?.id, ErrorCode: missing, Message: `Invalid segment. ErrorCode: ${missing}` } : value;
}

/** Whether a document was not taken. */
export function isUnprocessed(read: Segment | Unprocessed): read is Unprocessed {
  return 'ErrorCode' in read;
}

function missingIn(segment: Partial<Segment>): string | undefined {
  if (!SEGMENT_ID.test(segment.id ?? '')) return 'MissingId';
  if (!TRACE_ID.test(segment.trace_id ?? '')) return 'InvalidTraceId';
  if (typeof segment.name !== 'string' || segment.name === '' || segment.name.length > 200) return 'MissingName';
  if (typeof segment.start_time !== 'number') return 'MissingStartTime';
  if (typeof segment.end_time !== 'number' && segment.in_progress !== true) return 'MissingEndTime';
  if (segment.type === 'subsegment' && !segment.parent_id) return 'MissingParentId';
  return undefined;
}
