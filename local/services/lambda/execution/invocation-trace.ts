/**
 * Owns the trace of an invocation: the header that the function sees, whether it is sampled, and the segments that Lambda writes.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
 */
import type { Caller } from '../../../wire/caller';
import type { Host } from '../../../wire/host';
import { newTraceId, readTraceHeader, writeTraceHeader } from '../../../wire/trace-header';
import { TraceSampling } from '../../../wire/trace-sampling';
import type { FunctionVersion } from '../model';

/** An invocation as its trace has it. */
export interface TracedInvocation {
  /** `_X_AMZN_TRACE_ID` of the function. */
  readonly header: string;
  readonly traceId: string;
  readonly isSampled: boolean;
  readonly parentId?: string;
  /** The traces that the messages of a batch come from. */
  readonly links: readonly TraceLink[];
  /** Of the segment of the service; that of the function is below it. */
  readonly serviceSegmentId: string;
  readonly functionSegmentId: string;
}

/** A trace that another one goes on from; `id` is the segment that sent. */
export interface TraceLink {
  readonly trace_id: string;
  readonly id?: string;
}

/** Who began an invocation. */
export interface TraceOrigin {
  /** The caller's header: the invocation goes on with its trace. */
  readonly header?: string;
  /**
   * The headers of the messages of a batch: the invocation begins a trace of its own that is linked to theirs, and recorded
   * when one of them is. https://docs.aws.amazon.com/xray/latest/devguide/xray-tracelinking.html
   */
  readonly messageHeaders?: readonly string[];
}

/** What a segment says of the invocation. */
export interface InvocationEnd {
  readonly requestId: string;
  readonly functionArn: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly isError: boolean;
}

/** How many traces a segment may be linked to. */
const MOST_LINKS = 20;

/** The traces of invocations. */
export class InvocationTraces {
  private readonly sampling: TraceSampling;

  constructor(private readonly host: Host) {
    this.sampling = new TraceSampling(host.kernel.random);
  }

  /** Begins the trace of an invocation, or goes on with that of its caller. */
  begin(version: FunctionVersion, origin: TraceOrigin, nowMs: number): TracedInvocation {
    const { random } = this.host.kernel;
    const given = readTraceHeader(origin.header);
    const messages = (origin.messageHeaders ?? []).map(readTraceHeader);
    const traceId = given.root ?? newTraceId(random, nowMs);
    const isActive = version.TracingMode === 'Active';
    const decided = given.isSampled ?? anySampled(messages);
    const isSampled = decided ?? (isActive && this.sampling.samples(version.FunctionName, nowMs));
    const ids = random.bytes(16).toString('hex');
    const serviceSegmentId = ids.slice(0, 16);
    const functionSegmentId = ids.slice(16);
    // A function that is not traced itself sees the segment of its caller.
    const parent = isActive ? functionSegmentId : (given.parent ?? functionSegmentId);
    const header = writeTraceHeader({ root: traceId, parent, isSampled });
    const links = messages.flatMap(({ root, parent: id, isSampled: isRecorded }) =>
      root !== undefined && isRecorded ? [{ trace_id: root, id }] : [],
    );
    return { header, traceId, isSampled, parentId: given.parent, links, serviceSegmentId, functionSegmentId };
  }

  /** Writes the segments, if the function is traced and the invocation sampled. A role that may not write them goes without, as on AWS. */
  end(version: FunctionVersion, trace: TracedInvocation, caller: () => Caller, end: InvocationEnd): void {
    if (version.TracingMode !== 'Active' || !trace.isSampled) return;
    const TraceSegmentDocuments = segmentsOf(version, trace, end).map((segment) => JSON.stringify(segment));
    this.host.call(caller(), 'xray', 'PutTraceSegments', { TraceSegmentDocuments }).catch(() => undefined);
  }
}

/** Whether one of several callers has its trace recorded; undefined when none of them has decided. */
function anySampled(headers: readonly { readonly isSampled?: boolean }[]): boolean | undefined {
  const decisions = headers.flatMap(({ isSampled }) => (isSampled === undefined ? [] : [isSampled]));
  return decisions.length === 0 ? undefined : decisions.includes(true);
}

function segmentsOf({ FunctionName }: FunctionVersion, trace: TracedInvocation, end: InvocationEnd): object[] {
  const { requestId, functionArn, startedAtMs, endedAtMs, isError } = end;
  const common = {
    trace_id: trace.traceId,
    name: FunctionName,
    start_time: startedAtMs / 1000,
    end_time: endedAtMs / 1000,
    ...(isError && { fault: true }),
  };
  return [
    {
      ...common,
      id: trace.serviceSegmentId,
      ...(trace.parentId && { parent_id: trace.parentId }),
      ...(trace.links.length > 0 && { links: trace.links.slice(0, MOST_LINKS) }),
      origin: 'AWS::Lambda',
      resource_arn: functionArn,
      http: { response: { status: 200 } },
      aws: { request_id: requestId },
    },
    {
      ...common,
      id: trace.functionSegmentId,
      parent_id: trace.serviceSegmentId,
      origin: 'AWS::Lambda::Function',
      resource_arn: functionArn,
      aws: { function_arn: functionArn },
    },
  ];
}
