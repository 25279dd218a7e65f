import { signedFetch } from '../../../bin/commands/signed-fetch';

/** A segment or subsegment as a trace has it. */
export interface TraceSegment {
  readonly id: string;
  readonly name: string;
  readonly origin?: string;
  readonly parent_id?: string;
  readonly subsegments?: readonly TraceSegment[];
  readonly links?: readonly { readonly trace_id: string; readonly id?: string }[];
}

/** The traces of an account, read over the wire as any client of X-Ray reads them. */
export class Traces {
  private readonly post: ReturnType<typeof signedFetch>;

  constructor(url: string, region: string) {
    const credentials = async () => ({ accessKeyId: 'local', secretAccessKey: 'local' });
    this.post = signedFetch(url, region, credentials, 'xray');
  }

  /** The ids of the traces that began in a range and match a filter expression; times in milliseconds. */
  async find(fromMs: number, untilMs: number, FilterExpression?: string): Promise<string[]> {
    const range = { StartTime: fromMs / 1000, EndTime: untilMs / 1000 };
    const { TraceSummaries } = await this.ask('/TraceSummaries', { ...range, FilterExpression });
    return TraceSummaries.map(({ Id }: { Id: string }) => Id);
  }

  async segments(traceId: string): Promise<TraceSegment[]> {
    const { Traces: found } = await this.ask('/Traces', { TraceIds: [traceId] });
    return (found[0]?.Segments ?? []).map(({ Document }: { Document: string }) => JSON.parse(Document));
  }

  /** Names of services, and of those that each calls or sends messages to: `a > b`, `a ~> b`. */
  async edges(fromMs: number, untilMs: number): Promise<string[]> {
    const range = { StartTime: fromMs / 1000, EndTime: untilMs / 1000 };
    const { Services } = await this.ask('/ServiceGraph', range);
    const nameOf = (id: number) => Services.find(({ ReferenceId }: any) => ReferenceId === id).Name;
    return Services.flatMap(({ Name, Edges }: any) =>
      Edges.map(
        ({ ReferenceId, EdgeType }: any) => `${Name} ${EdgeType === 'link' ? '~>' : '>'} ${nameOf(ReferenceId)}`,
      ),
    );
  }

  private async ask(path: string, input: object): Promise<any> {
    const { statusCode, body } = await this.post('POST', path, JSON.stringify(input));
    if (statusCode !== 200) throw new Error(`${path} answers ${statusCode}: ${JSON.stringify(body)}`);
    return body;
  }
}

/** A segment's own id, and those of all within it. */
export function idsIn({ id, subsegments = [] }: TraceSegment): string[] {
  return [id, ...subsegments.flatMap(idsIn)];
}
