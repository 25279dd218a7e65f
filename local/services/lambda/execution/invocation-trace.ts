/**
 * Owns the trace of an invocation: the header that the function sees, whether it is sampled, and the segments that Lambda writes.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html
 * https://docs.aws.amazon.com/xray/latest/devguide/xray-concepts.html#xray-concepts-tracingheader
 */
import type { Caller } from '../../../wire/caller';
import type { Host } from '../../../wire/host';
import type { FunctionVersion } from '../model';

/** An invocation as its trace has it. */
export interface TracedInvocation {
  /** `_X_AMZN_TRACE_ID` of the function. */
  readonly header: string;
  readonly traceId: string;
  readonly isSampled: boolean;
  readonly parentId?: string;
  /** Of the segment of the service; that of the function is below it. */
  readonly serviceSegmentId: string;
  readonly functionSegmentId: string;
}

/** What a segment says of the invocation. */
export interface InvocationEnd {
  readonly requestId: string;
  readonly functionArn: string;
  readonly startedAtMs: number;
  readonly endedAtMs: number;
  readonly isError: boolean;
}

/** Of 256: 5 %. */
const SAMPLED_OF_256 = 13;

/** The traces of invocations. */
export class InvocationTraces {
  /** The last second in which a function's reservoir of one was used, by function. */
  private readonly reservoirs = new Map<string, number>();

  constructor(private readonly host: Host) {}

  /** Begins the trace of an invocation, or goes on with that of its caller. */
  begin(version: FunctionVersion, given: string | undefined, nowMs: number): TracedInvocation {
    const hex = this.host.kernel.random.bytes(28).toString('hex');
    const seconds = Math.floor(nowMs / 1000);
    const traceId =
      read(given, /Root=(1-[0-9a-f]{8}-[0-9a-f]{24})/i) ?? `1-${seconds.toString(16)}-${hex.slice(0, 24)}`;
    const parentId = read(given, /Parent=([0-9a-f]{16})/i);
    const decided = read(given, /Sampled=([01])/i);
    const isActive = version.TracingMode === 'Active';
    const isSampled = decided === undefined ? isActive && this.samples(version, seconds, hex) : decided === '1';
    const serviceSegmentId = hex.slice(24, 40);
    const functionSegmentId = hex.slice(40, 56);
    // A function that is not traced itself sees the segment of its caller.
    const parent = isActive ? functionSegmentId : (parentId ?? functionSegmentId);
    const header = `Root=${traceId};Parent=${parent};Sampled=${isSampled ? 1 : 0}`;
    return { header, traceId, isSampled, parentId, serviceSegmentId, functionSegmentId };
  }

  /** Writes the segments, if the function is traced and the invocation sampled. A role that may not write them goes without, as on AWS. */
  end(version: FunctionVersion, trace: TracedInvocation, caller: () => Caller, end: InvocationEnd): void {
    if (version.TracingMode !== 'Active' || !trace.isSampled) return;
    const TraceSegmentDocuments = segmentsOf(version, trace, end).map((segment) => JSON.stringify(segment));
    this.host.call(caller(), 'xray', 'PutTraceSegments', { TraceSegmentDocuments }).catch(() => undefined);
  }

  /** One request of each second, and 5 % of the others. */
  private samples({ FunctionName }: FunctionVersion, seconds: number, hex: string): boolean {
    if (this.reservoirs.get(FunctionName) === seconds) return Number.parseInt(hex.slice(0, 2), 16) < SAMPLED_OF_256;
    this.reservoirs.set(FunctionName, seconds);
    return true;
  }
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

function read(header: string | undefined, part: RegExp): string | undefined {
  return header === undefined ? undefined : part.exec(header)?.[1]?.toLowerCase();
}
