import { SeededRandom } from '../../../local/kernel/random';
import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { InvocationTraces } from '../../../local/services/lambda/execution/invocation-trace';
import type { FunctionVersion } from '../../../local/services/lambda/model';
import { createXRayService } from '../../../local/services/xray/router';
import { administrator, Gateway } from '../../../local/wire/gateway';

const ROOT = '1-69570000-0123456789abcdef01234567';
const PARENT = 'aaaaaaaaaaaaaaaa';
let clock: SimulatedClock;
let gateway: Gateway;
let traces: InvocationTraces;

beforeEach(() => {
  clock = new SimulatedClock();
  gateway = new Gateway({ kernel: { clock, random: new SeededRandom(1) } });
  gateway.register(createXRayService(gateway));
  traces = new InvocationTraces(gateway);
});

const version = (TracingMode: 'Active' | 'PassThrough') => ({ FunctionName: 'charge', TracingMode }) as FunctionVersion;
const OTHER_ROOT = '1-69570000-fedcba9876543210fedcba98';
const begin = (mode: 'Active' | 'PassThrough', given?: string) =>
  traces.begin(version(mode), { header: given }, clock.now());

it('samples the first of each second, and few of the others', async () => {
  const sampled = Array.from({ length: 1000 }, () => begin('Active').isSampled);
  expect(sampled[0]).toBe(true);
  const share = sampled.filter(Boolean).length / 1000;
  expect(share).toBeGreaterThan(0.02);
  expect(share).toBeLessThan(0.09);
  await clock.turn(1000);
  expect(begin('Active').isSampled).toBe(true);
});

it.each<[string, 'Active' | 'PassThrough', string | undefined, RegExp]>([
  ['makes a trace', 'Active', undefined, /^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};Sampled=1$/],
  ['goes on with its caller’s', 'Active', `Root=${ROOT};Parent=${PARENT};Sampled=1`, new RegExp(`^Root=${ROOT};`)],
  ['keeps to what was decided', 'Active', `Root=${ROOT};Sampled=0`, /Sampled=0$/],
  ['is not sampled of itself', 'PassThrough', undefined, /Sampled=0$/],
  [
    'hands its caller’s on',
    'PassThrough',
    `Root=${ROOT};Parent=${PARENT};Sampled=1`,
    new RegExp(`;Parent=${PARENT};Sampled=1$`),
  ],
])('an invocation %s (%s)', (_, mode, given, header) => {
  expect(begin(mode, given).header).toMatch(header);
});

describe('an invocation with a batch of messages', () => {
  const of = (...messageHeaders: string[]) => traces.begin(version('Active'), { messageHeaders }, clock.now());
  const recorded = `Root=${ROOT};Parent=${PARENT};Sampled=1`;

  it('has a trace of its own, linked to those of its messages that are recorded', () => {
    const trace = of(recorded, `Root=${OTHER_ROOT};Parent=bbbbbbbbbbbbbbbb;Sampled=0`);
    expect([ROOT, OTHER_ROOT]).not.toContain(trace.traceId);
    expect(trace).toMatchObject({ parentId: undefined, links: [{ trace_id: ROOT, id: PARENT }] });
  });

  it.each<[string, string[], boolean]>([
    ['is recorded when one of them is', [`Root=${OTHER_ROOT};Sampled=0`, recorded], true],
    ['is not recorded when none of them is', [`Root=${ROOT};Sampled=0`, `Root=${OTHER_ROOT};Sampled=0`], false],
    ['is sampled by itself when none of them has decided', [`Root=${ROOT}`], true],
  ])('%s', (_, headers, isSampled) => {
    expect(of(...headers).isSampled).toBe(isSampled);
  });
});

describe('segments', () => {
  const call = (action: string, input: object) => gateway.call(administrator(gateway.accountId), 'xray', action, input);

  const end = async (mode: 'Active' | 'PassThrough', given: string, isError: boolean) => {
    const trace = begin(mode, given);
    const [startedAtMs, endedAtMs] = [clock.now(), clock.now() + 250];
    const of = { requestId: 'r', functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:charge' };
    traces.end(version(mode), trace, () => administrator(gateway.accountId), {
      ...of,
      startedAtMs,
      endedAtMs,
      isError,
    });
    await clock.turn(0);
    const { Traces } = await call('BatchGetTraces', { TraceIds: [ROOT] });
    return (Traces[0]?.Segments ?? []).map(({ Document }: { Document: string }) => JSON.parse(Document));
  };

  it('are those of the service, below the caller, and of the function, below the service', async () => {
    const [service, own] = await end('Active', `Root=${ROOT};Parent=${PARENT};Sampled=1`, true);
    expect(service).toMatchObject({ name: 'charge', origin: 'AWS::Lambda', parent_id: PARENT, fault: true });
    expect(own).toMatchObject({ origin: 'AWS::Lambda::Function', parent_id: service.id });
    expect(own.end_time - own.start_time).toBeCloseTo(0.25);
  });

  it('name twenty of the traces that a batch comes from', async () => {
    const messageHeaders = Array.from({ length: 30 }, () => `Root=${ROOT};Parent=${PARENT};Sampled=1`);
    const trace = traces.begin(version('Active'), { messageHeaders }, clock.now());
    const of = { requestId: 'r', functionArn: 'arn:aws:lambda:us-east-1:000000000000:function:charge', isError: false };
    const caller = () => administrator(gateway.accountId);
    traces.end(version('Active'), trace, caller, { ...of, startedAtMs: clock.now(), endedAtMs: clock.now() });
    await clock.turn(0);
    const { Traces } = await call('BatchGetTraces', { TraceIds: [trace.traceId] });
    const [service, own] = Traces[0].Segments.map(({ Document }: { Document: string }) => JSON.parse(Document));
    expect(service.links).toHaveLength(20);
    expect(own).not.toHaveProperty('links');
  });

  it.each<[string, 'Active' | 'PassThrough', string]>([
    ['that is not sampled', 'Active', '0'],
    ['that is not traced', 'PassThrough', '1'],
  ])('are not written for one %s', async (_, mode, sampled) => {
    expect(await end(mode, `Root=${ROOT};Sampled=${sampled}`, false)).toEqual([]);
  });
});
