import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import { createXRayService } from '../../local/services/xray/router';
import { administrator } from '../../local/wire/gateway';
import { type RunningGateway, startGateway } from '../support/embedded';

const START = Date.UTC(2026, 0, 1) / 1000;
const TRACE = `1-${START.toString(16)}-0123456789abcdef01234567`;
const OTHER = `1-${START.toString(16)}-fedcba9876543210fedcba98`;
let running: RunningGateway;
let clock: SimulatedClock;

beforeEach(async () => {
  clock = new SimulatedClock();
  const kernel = { clock, random: new SeededRandom(1) };
  running = await startGateway((host) => [createXRayService(host)], { kernel });
});

afterEach(() => running.close());

const call = (action: string, input: object) =>
  running.gateway.call(administrator(running.gateway.accountId), 'xray', action, input);

const segment = (id: string, more: object = {}) => ({
  ...{ id: id.padStart(16, '0'), trace_id: TRACE, name: 'api', start_time: START, end_time: START + 1 },
  ...more,
});

const put = (...segments: object[]) =>
  call('PutTraceSegments', { TraceSegmentDocuments: segments.map((one) => JSON.stringify(one)) });

const RANGE = { StartTime: START - 60, EndTime: START + 60 };

/** An order that was charged in 1 s, and one whose charge failed after 3 s. */
const putTwo = () =>
  put(
    segment('1', { http: { request: { method: 'POST', url: 'https://shop/orders' }, response: { status: 201 } } }),
    segment('2', { name: 'charge', parent_id: '1'.padStart(16, '0'), annotations: { tenant: 'acme' } }),
    segment('3', { trace_id: OTHER, end_time: START + 3, http: { response: { status: 502 } } }),
    segment('4', { trace_id: OTHER, name: 'charge', parent_id: '3'.padStart(16, '0'), fault: true }),
  );

describe('traces', () => {
  it('are put and read over the wire', async () => {
    const post = async (path: string, body: object) => {
      const authorization =
        'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/xray/aws4_request, SignedHeaders=host, Signature=x';
      const headers = { authorization, 'content-type': 'application/json' };
      return (await fetch(`${running.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).json();
    };
    const document = JSON.stringify(segment('1'));
    expect(await post('/TraceSegments', { TraceSegmentDocuments: [document] })).toEqual({
      UnprocessedTraceSegments: [],
    });
    expect(await post('/TelemetryRecords', { TelemetryRecords: [] })).toEqual({});
    expect(await post('/Traces', { TraceIds: [TRACE, OTHER] })).toEqual({
      Traces: [
        { Id: TRACE, Duration: 1, LimitExceeded: false, Segments: [{ Id: '0000000000000001', Document: document }] },
      ],
      UnprocessedTraceIds: [OTHER],
    });
    const { TraceSummaries } = (await post('/TraceSummaries', RANGE)) as { TraceSummaries: object[] };
    expect(TraceSummaries).toMatchObject([{ Id: TRACE, Duration: 1, HasFault: false, EntryPoint: { Name: 'api' } }]);
  });

  it.each<[string, string[]]>([
    ['fault', [OTHER]],
    ['ok', [TRACE]],
    ['!fault', [TRACE]],
    ['fault = false', [TRACE]],
    ['duration > 2', [OTHER]],
    ['responsetime <= 1 AND ok', [TRACE]],
    ['http.status = 502', [OTHER]],
    ['http.url CONTAINS "orders"', [TRACE]],
    ['http.method = "POST" OR http.status >= 500', [TRACE, OTHER]],
    ['annotation.tenant = "acme"', [TRACE]],
    ['annotation[tenant] BEGINSWITH "ac"', [TRACE]],
    ['NOT annotation.tenant', [OTHER]],
    ['service("charge")', [TRACE, OTHER]],
    ['service("charge") { fault }', [OTHER]],
    ['service("api") { fault }', []],
    ['service("nobody")', []],
  ])('are found by %s', async (FilterExpression, ids) => {
    await putTwo();
    const { TraceSummaries } = await call('GetTraceSummaries', { ...RANGE, FilterExpression });
    expect(TraceSummaries.map(({ Id }: { Id: string }) => Id)).toEqual(ids);
  });

  it('are not found outside the range', async () => {
    await putTwo();
    const { TraceSummaries } = await call('GetTraceSummaries', { StartTime: START + 1, EndTime: START + 60 });
    expect(TraceSummaries).toEqual([]);
  });

  it('are replaced segment by segment as these end', async () => {
    await put(segment('1', { end_time: undefined, in_progress: true }));
    const isPartial = async () => (await call('GetTraceSummaries', RANGE)).TraceSummaries[0].IsPartial;
    expect(await isPartial()).toBe(true);
    await put(segment('1'));
    expect(await isPartial()).toBe(false);
  });

  it('are forgotten after thirty days', async () => {
    await putTwo();
    await clock.turn(31 * 86_400_000);
    const later = Math.floor(clock.now() / 1000);
    await put(
      segment('9', {
        trace_id: `1-${later.toString(16)}-0123456789abcdef01234567`,
        start_time: later,
        end_time: later,
      }),
    );
    expect((await call('BatchGetTraces', { TraceIds: [TRACE] })).Traces).toEqual([]);
  });

  it('are forgotten, the oldest first, when there are more than fit', async () => {
    const traceOf = (n: number) => `1-${START.toString(16)}-${n.toString(16).padStart(24, '0')}`;
    const padding = { metadata: { text: 'x'.repeat(60_000) } };
    for (let n = 0; n < 300; n++) await put(segment('1', { trace_id: traceOf(n), ...padding }));
    const { UnprocessedTraceIds } = await call('BatchGetTraces', { TraceIds: [traceOf(0), traceOf(299)] });
    expect(UnprocessedTraceIds).toEqual([traceOf(0)]);
  });

  it('make a graph of who calls whom', async () => {
    await putTwo();
    const { Services } = await call('GetServiceGraph', RANGE);
    expect(Services).toMatchObject([
      { ReferenceId: 0, Name: 'api', Root: true, Edges: [{ ReferenceId: 1 }], SummaryStatistics: { OkCount: 2 } },
      {
        ReferenceId: 1,
        Name: 'charge',
        Edges: [],
        SummaryStatistics: { OkCount: 1, FaultStatistics: { TotalCount: 1 } },
      },
    ]);
  });
});

it('a graph has an edge of its own kind to what took the messages of another trace', async () => {
  const sent = segment('2', { name: 'SQS', namespace: 'aws' });
  await put(
    segment('1', { subsegments: [sent] }),
    segment('5', { trace_id: OTHER, name: 'charge', links: [{ trace_id: TRACE, id: sent.id }] }),
  );
  const { Services } = await call('GetServiceGraph', RANGE);
  expect(Services).toMatchObject([
    { Name: 'api', Root: true, Edges: [{ ReferenceId: 1, EdgeType: 'link' }] },
    { Name: 'charge', Root: true, Edges: [] },
  ]);
});

it.each<[string, object, string]>([
  ['no id', { id: 'x' }, 'MissingId'],
  ['another trace id', { trace_id: '1-2-3' }, 'InvalidTraceId'],
  ['no name', { name: '' }, 'MissingName'],
  ['no start', { start_time: undefined }, 'MissingStartTime'],
  ['no end', { end_time: undefined }, 'MissingEndTime'],
])('a document with %s is named, the others are taken', async (_, more, ErrorCode) => {
  const { UnprocessedTraceSegments } = await put(segment('1', more), segment('2'));
  expect(UnprocessedTraceSegments).toMatchObject([{ ErrorCode }]);
  expect((await call('BatchGetTraces', { TraceIds: [TRACE] })).Traces).toHaveLength(1);
});

it.each<[string, string, object, RegExp]>([
  ['a range of more than a day', 'GetTraceSummaries', { StartTime: START, EndTime: START + 86_401 }, /24 hours/],
  ['a range that ends before it begins', 'GetServiceGraph', { StartTime: START, EndTime: START - 1 }, /before/],
  [
    'a filter that is not understood',
    'GetTraceSummaries',
    { ...RANGE, FilterExpression: 'group.name = "x"' },
    /filter/,
  ],
  ['more than five traces', 'BatchGetTraces', { TraceIds: ['1', '2', '3', '4', '5', '6'] }, /At most 5/],
])('rejects %s', async (_, action, input, message) => {
  await expect(call(action, input)).rejects.toThrow(message);
});
