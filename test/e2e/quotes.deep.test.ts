import { signedFetch } from '../../bin/commands/signed-fetch';
import { type EmbeddedStacks, startStacks } from '../support/embedded-stacks';

/** The synthesized stacks on the embedded AWS: API, function, StartSyncExecution at its own host, Express machine, tables. */
describe('quotes end to end', () => {
  let stacks: EmbeddedStacks;
  let url: string;
  let post: (body: object) => Promise<{ statusCode: number; body: any }>;

  beforeAll(async () => {
    stacks = await startStacks();
    const { call, embedded } = stacks;
    const { Stacks } = await call('cloudformation', 'DescribeStacks', {});
    const outputs = Stacks.flatMap((stack: any) => stack.Outputs ?? []);
    url = outputs.find(({ OutputKey }: any) => OutputKey === 'QuotesApiUrl').OutputValue;
    const key = async () => ({ accessKeyId: 'local', secretAccessKey: 'local' });
    const api = signedFetch(url, embedded.region, key);
    post = (body) => api('POST', '/quotes', JSON.stringify(body));
    await stacks.stock('lamp', 5);
  });
  afterAll(() => stacks.embedded.stop());

  const request = (quantity: number, country = 'DE') => ({
    lines: [{ sku: 'lamp', quantity }],
    destination: { country },
  });
  const fault = (country: string, kind: string) => stacks.fault(country, 'estimateDelivery', kind);

  it('prices what is in stock, and says when it would arrive', async () => {
    const { statusCode, body } = await post(request(2));
    expect([statusCode, body]).toEqual([
      200,
      {
        quoteId: expect.stringMatching(/^quo-/),
        validUntil: expect.any(String),
        currency: 'EUR',
        lines: [{ sku: 'lamp', quantity: 2, unitPriceCents: 100, lineTotalCents: 200, availability: 'InStock' }],
        totalCents: 200,
        deliveryDate: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
      },
    ]);
  });

  it('leaves no trace but the log: the stock is as it was, and no execution is listed', async () => {
    await post(request(2));
    const { Item } = await stacks.call('dynamodb', 'GetItem', {
      TableName: stacks.outputs.StockTableName,
      Key: { sku: { S: 'lamp' } },
    });
    expect([Item.onHand.N, Item.held.N]).toEqual(['5', '0']);
  });

  it.each([
    ['too many', request(6), 200, { lines: [{ availability: 'OutOfStock' }], deliveryDate: null }],
    ['nowhere', request(1, 'BR'), 422, { type: 'urn:stepwright:problem:destination-not-served' }],
    ['nothing', { ...request(1), lines: [] }, 400, { type: 'urn:stepwright:problem:invalid-quote-request' }],
    [
      'no product',
      { ...request(1), lines: [{ sku: 'sofa', quantity: 1 }] },
      422,
      { errors: [{ pointer: '/lines/0/sku' }] },
    ],
  ])('answers a request for %s', async (_what, body, status, answer) => {
    const answered = await post(body);
    expect(answered.statusCode).toBe(status);
    expect(answered.body).toMatchObject(answer);
  });

  it('answers 503 while the carrier is out, and a quote again when it is back', async () => {
    await fault('AT', 'errorBeforeEffect');
    const out = await post(request(1, 'AT'));
    expect([out.statusCode, out.body.type]).toEqual([503, 'urn:stepwright:problem:dependency-out']);
    await stacks.call('dynamodb', 'DeleteItem', {
      TableName: stacks.outputs.FaultsTableName,
      Key: { scope: { S: 'AT' }, operation: { S: 'estimateDelivery' } },
    });
    expect((await post(request(1, 'AT'))).statusCode).toBe(200);
  });

  it('refuses whoever does not sign', async () => {
    const answer = await fetch(`${url}/quotes`, { method: 'POST', body: JSON.stringify(request(1)) });
    expect(answer.status).toBe(403);
  });
});
