/**
 * Owns the tracing header `X-Amzn-Trace-Id`, which names a trace, the segment that calls, and whether the trace is recorded.
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
 */
import type { Random } from '../kernel/random';

/** The parts of a header. */
export interface TraceHeader {
  /** The trace: `1-`, eight digits of its time, `-`, 24 digits, all hexadecimal. */
  readonly root?: string;
  /** The segment or subsegment that calls: 16 hexadecimal digits. */
  readonly parent?: string;
  /** Absent when nobody has decided yet. */
  readonly isSampled?: boolean;
}

/** The longest header that services carry, as StartExecution's `traceHeader` has it. */
const LIMIT_CHARACTERS = 256;

const ROOT = /Root=(1-[0-9a-f]{8}-[0-9a-f]{24})(?![0-9a-f])/i;
const PARENT = /Parent=([0-9a-f]{16})(?![0-9a-f])/i;
const SAMPLED = /Sampled=([01])/i;

/** What a header says; parts that are not as they must be are absent. */
export function readTraceHeader(text: string | undefined): TraceHeader {
  if (text === undefined) return {};
  const sampled = SAMPLED.exec(text)?.[1];
  return {
    root: ROOT.exec(text)?.[1]?.toLowerCase(),
    parent: PARENT.exec(text)?.[1]?.toLowerCase(),
    isSampled: sampled === undefined ? undefined : sampled === '1',
  };
}

/** A header as it stands, or nothing when it names no trace: services drop what is not valid. */
export function validTraceHeader(text: string | undefined): string | undefined {
  return text !== undefined && text.length <= LIMIT_CHARACTERS && ROOT.test(text) ? text : undefined;
}

/** The text of a header. */
export function writeTraceHeader({ root, parent, isSampled }: TraceHeader): string {
  const parts = [
    `Root=${root}`,
    ...(parent === undefined ? [] : [`Parent=${parent}`]),
    ...(isSampled === undefined ? [] : [`Sampled=${isSampled ? 1 : 0}`]),
  ];
  return parts.join(';');
}

/** The id of a new trace. */
export function newTraceId(random: Random, nowMs: number): string {
  return `1-${Math.floor(nowMs / 1000).toString(16)}-${random.bytes(12).toString('hex')}`;
}
