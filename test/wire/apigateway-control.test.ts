import { HttpApiUnderTest } from '../support/http-api';

let api: HttpApiUnderTest;
let routeId: string;

beforeAll(async () => {
  api = new HttpApiUnderTest();
  await api.start();
  await api.stage();
  await api.route('GET /orders/{orderId}');
});

afterAll(() => api.running.close());

/** A signed GET, as the CLI sends it. */
async function get(path: string): Promise<{ status: number; body: any }> {
  const authorization =
    'AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/apigateway/aws4_request, SignedHeaders=host, Signature=0';
  const response = await fetch(`${api.running.url}/v2/apis${path}`, { headers: { authorization } });
  return { status: response.status, body: await response.json() };
}

describe('the control plane of API Gateway', () => {
  it('lists APIs and describes one', async () => {
    const { body } = await get('');
    expect(body.items).toEqual([
      expect.objectContaining({ apiId: api.apiId, name: 'orders', protocolType: 'HTTP', apiEndpoint: api.url }),
    ]);
    expect((await get(`/${api.apiId}`)).body).toEqual(body.items[0]);
    expect(body.items[0].createdDate).toBe('2026-01-01T00:00:00.000Z');
  });

  it('lists routes, integrations, stages and authorizers', async () => {
    const routes = (await get(`/${api.apiId}/routes`)).body.items;
    expect(routes).toEqual([expect.objectContaining({ routeKey: 'GET /orders/{orderId}', authorizationType: 'NONE' })]);
    routeId = routes[0].routeId;
    expect((await get(`/${api.apiId}/routes/${routeId}`)).body).toEqual(routes[0]);
    const integrations = (await get(`/${api.apiId}/integrations`)).body.items;
    expect(integrations[0]).toMatchObject({ integrationType: 'AWS_PROXY', payloadFormatVersion: '2.0' });
    expect(routes[0].target).toBe(`integrations/${integrations[0].integrationId}`);
    expect((await get(`/${api.apiId}/stages/$default`)).body).toMatchObject({
      stageName: '$default',
      autoDeploy: true,
    });
    expect((await get(`/${api.apiId}/authorizers`)).body.items).toEqual([]);
  });

  it('gives lists page by page', async () => {
    await api.route('POST /orders');
    const first = (await get(`/${api.apiId}/routes?maxResults=1`)).body;
    expect(first.items).toHaveLength(1);
    const second = (await get(`/${api.apiId}/routes?maxResults=1&nextToken=${first.nextToken}`)).body;
    expect(second.items).toHaveLength(1);
    expect(second.items).not.toEqual(first.items);
    expect(second.nextToken).toBeUndefined();
  });

  it.each([
    ['/none', 404],
    ['/none/routes', 404],
    ['?nextToken=x', 400],
  ])('rejects %s with %d', async (path, status) => {
    expect((await get(path)).status).toBe(status);
  });

  it.each([['none'], ['__proto__'], ['constructor']])('rejects the stage %s', async (name) => {
    expect(await get(`/${api.apiId}/stages/${name}`)).toEqual({
      status: 404,
      body: { Type: 'User', message: 'Invalid Stage identifier specified' },
    });
  });
});
