import { createQuoteApi } from '../../../lambdas/quotes/adapters/quote-api';
import type { QuoteRunInput } from '../../../lambdas/quotes/contracts/quote-run';
import type { QuoteRunEnd } from '../../../lambdas/quotes/domain/quote-runner';
import { createRequestQuote } from '../../../lambdas/quotes/domain/request-quote';
import { keptMeter } from '../../support/kept-meter';
import { keptLog } from '../orders/ports/memory-ports';
import { invocation, turnedClock } from '../shared/turned-clock';

const lamp = { sku: 'lamp', quantity: 2, unitPriceCents: 2500, lineTotalCents: 5000, availability: 'InStock' };
const output = { lines: [lamp], unknownSkus: [], totalCents: 5000, isServed: true, deliveryDate: '2026-01-05' };
const request = { lines: [{ sku: 'lamp', quantity: 2 }], destination: { country: 'DE' } };
const headers = { 'content-type': 'application/json' };

/** The API in front of a machine that ends as the test says. */
function setUp(end: QuoteRunEnd = { status: 'succeeded', output }, remainingMs = 25_000) {
  const runs: { name: string; input: QuoteRunInput; timeoutMs: number }[] = [];
  const clock = turnedClock();
  const { log, lines } = keptLog();
  const { meter, counted, measured } = keptMeter();
  const observability = { log, meter };
  const requestQuote = createRequestQuote({
    runner: {
      run: async (name, input, timeoutMs) => {
        runs.push({ name, input, timeoutMs });
        await clock.simulated.turn(400);
        return end;
      },
    },
    clock,
    newQuoteId: () => 'quo-1',
    validSeconds: 900,
    ...observability,
  });
  const api = createQuoteApi(requestQuote, { ...observability, clock });
  const post = async (body: unknown = request, sent: Record<string, string> = headers) => {
    const event = {
      headers: sent,
      body: typeof body === 'string' ? body : JSON.stringify(body),
      isBase64Encoded: false,
    };
    const answer = await api(
      { ...event, rawPath: '/quotes', requestContext: { requestId: 'request-1' } },
      invocation(remainingMs),
    );
    return { ...answer, json: JSON.parse(answer.body!) };
  };
  return { runs, clock, lines, counted, measured, post };
}

const failed = (error: string, cause = ''): QuoteRunEnd => ({ status: 'failed', error, cause });

describe('POST /quotes', () => {
  it('answers 200 with prices, availability, the total, the day and how long it may be shown', async () => {
    const { post, clock } = setUp();
    const answer = await post();
    expect(answer.statusCode).toBe(200);
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store' });
    expect(answer.json).toEqual({
      quoteId: 'quo-1',
      validUntil: new Date(clock.now() + 900_000).toISOString(),
      currency: 'EUR',
      lines: [lamp],
      totalCents: 5000,
      deliveryDate: '2026-01-05',
    });
  });

  it('names no day while a line is out of stock', async () => {
    const lines = [lamp, { ...lamp, sku: 'desk', availability: 'OutOfStock' }];
    const { post } = setUp({ status: 'succeeded', output: { ...output, lines } });
    expect((await post()).json).toMatchObject({ lines, deliveryDate: null });
  });

  it('runs the machine under the id of the quote, with lines of one product merged, within the time that is left', async () => {
    const { post, runs, clock } = setUp(undefined, 9_000);
    const startedAt = clock.now();
    const line = { sku: 'lamp', quantity: 1 };
    await post({ lines: [line, line], destination: { country: 'DE', postalCode: '10115' } });
    expect(runs).toEqual([
      {
        name: 'quo-1',
        input: {
          lines: [{ sku: 'lamp', quantity: 2 }],
          destination: { country: 'DE', postalCode: '10115' },
          deadline: new Date(startedAt + 7_500).toISOString(),
        },
        timeoutMs: 7_500,
      },
    ]);
  });

  it.each([
    ['no lines', { ...request, lines: [] }, '/lines'],
    ['no destination', { lines: request.lines }, '/destination'],
    ['a country that is none', { ...request, destination: { country: 'Germany' } }, '/destination/country'],
    ['half a piece more', { ...request, lines: [{ sku: 'lamp', quantity: 1.5 }] }, '/lines/0/quantity'],
    ['a field that nobody knows', { ...request, coupon: 'X' }, '/coupon'],
  ])('answers 400 for %s, and runs nothing', async (_what, body, pointer) => {
    const { post, runs } = setUp();
    const answer = await post(body);
    expect(answer.statusCode).toBe(400);
    expect(answer.headers).toMatchObject({ 'content-type': 'application/problem+json' });
    expect(answer.json).toMatchObject({ type: 'urn:stepwright:problem:invalid-quote-request', instance: '/quotes' });
    expect(answer.json.errors.map((error: { pointer: string }) => error.pointer)).toEqual([pointer]);
    expect(runs).toEqual([]);
  });

  it('answers 400 for what is no JSON, and 415 for what is not said to be', async () => {
    const { post } = setUp();
    expect((await post('{"lines":')).statusCode).toBe(400);
    expect((await post(request, {})).statusCode).toBe(415);
  });

  it('answers 422 for a product that is not on sale, pointing to each of its lines', async () => {
    const { post } = setUp({ status: 'succeeded', output: { ...output, unknownSkus: ['lamp'] } });
    const answer = await post({ ...request, lines: [...request.lines, ...request.lines] });
    expect([answer.statusCode, answer.json.type]).toEqual([422, 'urn:stepwright:problem:unknown-product']);
    expect(answer.json.errors.map(({ pointer }: any) => pointer)).toEqual(['/lines/0/sku', '/lines/1/sku']);
  });

  it('answers 422 for too many pieces of one product, however they are split', async () => {
    const { post, runs } = setUp();
    const line = { sku: 'lamp', quantity: 600 };
    expect(await post({ ...request, lines: [line, line] })).toMatchObject({ statusCode: 422 });
    expect(runs).toEqual([]);
  });

  it('answers 422 where nothing is delivered', async () => {
    const { post } = setUp({ status: 'succeeded', output: { ...output, isServed: false, deliveryDate: null } });
    const answer = await post();
    expect([answer.statusCode, answer.json.errors[0].pointer]).toEqual([422, '/destination/country']);
  });

  it.each([
    ['the table throttles', failed('DynamoDb.ProvisionedThroughputExceededException'), 'The catalogue', '10'],
    [
      'the table leaves products unread',
      failed('States.QueryEvaluationError', 'products were left unread'),
      'The catalogue',
      '10',
    ],
    ['the table is broken', failed('DynamoDb.InternalServerErrorException'), 'The catalogue', '5'],
    ['the carrier is out', failed('CarrierUnavailable'), 'The carrier', '5'],
    ['the carrier throttles', failed('CarrierThrottled'), 'The carrier', '10'],
    ['the carrier is silent', failed('CarrierTimedOut'), 'The carrier', '5'],
    ['Lambda has no room', failed('Lambda.TooManyRequestsException'), 'The carrier', '10'],
    ['Step Functions throttles', failed('ThrottlingException'), 'The making of quotes', '10'],
    ['the run times out', failed('States.Timeout'), 'The making of quotes', '5'],
    ['the run does not answer', { status: 'unanswered' } as QuoteRunEnd, 'The making of quotes', '5'],
  ])('answers 503 with Retry-After when %s', async (_what, end, who, retryAfter) => {
    const { post } = setUp(end);
    const answer = await post();
    expect([answer.statusCode, answer.headers?.['retry-after']]).toEqual([503, retryAfter]);
    expect(answer.json).toMatchObject({
      type: 'urn:stepwright:problem:dependency-out',
      detail: `${who} does not answer at the moment; ask again in ${retryAfter} s.`,
    });
  });

  it.each([
    ['a grant is missing', failed('DynamoDb.AccessDeniedException', 'secret')],
    ['the definition is wrong', failed('States.QueryEvaluationError', 'secret')],
    ['the input is not what the function takes', failed('InvalidInput', 'secret')],
  ])(
    'takes it for a defect of ours when %s: 503, an error in the log, and no word of the cause',
    async (_what, end) => {
      const { post, lines } = setUp(end);
      const answer = await post();
      expect([answer.statusCode, answer.json.type]).toEqual([503, 'urn:stepwright:problem:temporarily-unavailable']);
      expect(lines.join()).toContain('The request failed');
      expect(answer.body).not.toContain('secret');
    },
  );

  it.each([
    ['a quote', request, undefined, [0.4]],
    ['a refusal of what was asked', { ...request, coupon: 'X' }, undefined, [0]],
    ['a place that is not served', request, { ...output, isServed: false }, [0.4]],
  ])('counts %s as an answer, with the time that it took', async (_what, body, found, seconds) => {
    const { post, counted, measured } = setUp({ status: 'succeeded', output: found ?? output });
    await post(body);
    expect(counted).toMatchObject({ WorkflowGood: 1 });
    expect(counted.WorkflowBad).toBeUndefined();
    expect(measured.EndToEndSeconds).toEqual(seconds);
  });

  it.each([
    ['a dependency that is out', failed('CarrierTimedOut')],
    ['a defect', failed('InvalidInput')],
  ])('counts %s as bad, without a time', async (_what, end) => {
    const { post, counted, measured } = setUp(end);
    await post();
    expect(counted).toMatchObject({ WorkflowBad: 1 });
    expect(counted.WorkflowGood).toBeUndefined();
    expect(measured).toEqual({});
  });
});
