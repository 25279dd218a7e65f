import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApiGatewayService } from '../../local/services/apigateway/router';
import { startGateway } from '../support/embedded';
import { context, HttpApiUnderTest, logGroupArn } from '../support/http-api';

let api: HttpApiUnderTest;
/** What a request is answered, headers as they are: `fetch` has its own mind about some. */
async function statusOf(method: string, path: string, headers: Record<string, string>): Promise<number> {
  const sent = request(api.url + path, { method, headers });
  sent.end();
  const [response] = await once(sent, 'response');
  response.resume();
  return response.statusCode;
}

beforeEach(async () => {
  api = new HttpApiUnderTest();
  await api.start();
});
afterEach(() => api.running.close());

describe('an API that is open to everybody', () => {
  it('has routes for all beside routes for those who sign', async () => {
    await api.stage();
    await api.route('GET /approvals/{proxy+}');
    await api.route('POST /approvals', { AuthorizationType: 'AWS_IAM' });
    const open = await api.answer('/approvals/a/b%20c?token=x');
    expect(open).toMatchObject({ status: 200, body: { pathParameters: { proxy: 'a/b c' } } });
    expect(open.body.requestContext.authorizer).toBeUndefined();
    expect(await api.answer('/approvals', { method: 'POST' })).toEqual({ status: 403, body: { message: 'Forbidden' } });
  });

  it('answers HEAD only where a route is for it', async () => {
    await api.stage();
    await api.route('GET /only-get');
    await api.route('HEAD /head');
    await api.route('ANY /any');
    const head = async (path: string) => (await fetch(`${api.url}${path}`, { method: 'HEAD' })).status;
    expect([await head('/only-get'), await head('/head'), await head('/any')]).toEqual([404, 200, 200]);
  });

  const OTHER_SITE = { origin: 'http://127.0.0.1:8080', 'sec-fetch-site': 'cross-site' };

  it('answers the pages of any site when it is told to', async () => {
    const open = new HttpApiUnderTest({ answersAnySite: true });
    await open.start();
    await open.stage();
    await open.route('POST /decide');
    const answer = await open.answer('/decide', { method: 'POST', headers: OTHER_SITE });
    await open.running.close();
    expect(answer).toMatchObject({ status: 200, body: { headers: { origin: 'http://127.0.0.1:8080' } } });
  });

  it.each<[string, number, Record<string, string>]>([
    ['another site', 403, OTHER_SITE],
    ['another site, of which the browser says nothing more', 403, { origin: 'https://evil.example' }],
    ['a page of another port', 403, { 'sec-fetch-site': 'same-site' }],
    ['a frame without an origin', 403, { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['somebody without an origin, for whom no browser vouches', 403, { origin: 'null' }],
    ['its own page, which hides its origin', 200, { origin: 'null', 'sec-fetch-site': 'same-origin' }],
    ['an address bar', 200, { 'sec-fetch-site': 'none' }],
    ['a program', 200, {}],
  ])('answers %s with %d', async (_who, status, headers) => {
    await api.stage();
    await api.route('POST /decide');
    expect((await api.answer('/decide', { method: 'POST', headers })).status).toBe(status);
  });

  it('answers its own pages, and whoever follows a link from anywhere', async () => {
    await api.stage();
    await api.route('ANY /decide');
    const own = { origin: new URL(api.url).origin, 'sec-fetch-site': 'same-origin' };
    expect((await api.answer('/decide', { method: 'POST', headers: own })).status).toBe(200);
    const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
    expect([await statusOf('GET', '/decide', link), await statusOf('POST', '/decide', link)]).toEqual([200, 403]);
  });

  it('rejects a request for another host, as DNS rebinding would send it', async () => {
    await api.stage();
    await api.route('GET /');
    expect(await statusOf('GET', '/', { host: `evil.example:${new URL(api.url).port}` })).toBe(403);
  });

  it('gives header names in lower case, and joins those that come twice', async () => {
    await api.stage();
    await api.route('GET /');
    const sent = request(api.url, { headers: { 'X-Mixed-Case': ['One', 'Two'], Cookie: 'a=1; b=2' } });
    sent.end();
    const [response] = await once(sent, 'response');
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    const event = JSON.parse(Buffer.concat(chunks).toString());
    expect(event.headers['x-mixed-case']).toBe('One,Two');
    expect(event.cookies).toEqual(['a=1', 'b=2']);
    expect(event.requestContext).toMatchObject({ domainName: new URL(api.url).host, http: { sourceIp: '127.0.0.1' } });
  });

  it('hands on a body of no type as base64', async () => {
    await api.stage();
    await api.route('POST /form');
    const answer = await api.answer('/form', { method: 'POST', body: Buffer.from('a=1') });
    expect(answer.body).toMatchObject({ body: 'YT0x', isBase64Encoded: true });
    expect(answer.body.headers['content-type']).toBeUndefined();
  });
});

describe('the limits of a route', () => {
  it('hold for that route alone, and leave open those of the stage', async () => {
    await api.route('GET /narrow');
    await api.route('GET /wide');
    await api.stage({
      DefaultRouteSettings: { ThrottlingBurstLimit: 3, ThrottlingRateLimit: 1 },
      RouteSettings: { 'GET /narrow': { ThrottlingBurstLimit: '1', DetailedMetricsEnabled: true } },
    });
    const statuses = async (path: string) => {
      const answers = [await api.answer(path), await api.answer(path), await api.answer(path), await api.answer(path)];
      return answers.map(({ status }) => status);
    };
    expect(await statuses('/narrow')).toEqual([200, 429, 429, 429]);
    expect(await statuses('/wide')).toEqual([200, 200, 200, 429]);
    await api.clock.turn(1000);
    expect(await statuses('/narrow')).toEqual([200, 429, 429, 429]);
  });

  it('are rejected for a route that is not there, and for settings of other kinds of APIs', async () => {
    await expect(api.stage({ RouteSettings: { 'GET /x': {} } })).rejects.toThrow(
      'Unable to find Route by key GET /x within the provided RouteSettings',
    );
    await api.route('GET /x');
    await expect(api.stage({ RouteSettings: { 'GET /x': { LoggingLevel: 'INFO' } } })).rejects.toThrow('LoggingLevel');
  });
});

it('logs what the integration answered, and what the API refused', async () => {
  const Format =
    '{"status":"$context.status","integration":"$context.integrationStatus","code":"$context.integration.status",' +
    '"bytes":"$context.dataProcessed","prefix":"$context.domainPrefix","error":"$context.error.message",' +
    '"quoted":$context.error.messageString}';
  await api.stage({ AccessLogSettings: { DestinationArn: logGroupArn, Format: Format.replace(/,"quoted".*/, '}') } });
  await api.route('GET /x');
  api.invoke = () => ({ statusCode: 418, body: 'tea' });
  await fetch(`${api.url}/x`);
  await api.clock.turn(0);
  await api.provider('Stage').update!(
    '$default',
    {
      ApiId: api.apiId,
      StageName: '$default',
      AutoDeploy: true,
      AccessLogSettings: { DestinationArn: logGroupArn, Format },
    },
    {},
    context,
  );
  await fetch(`${api.url}/nowhere`);
  await api.clock.turn(0);
  const lines = api.calls
    .filter(({ action }) => action === 'logs:PutLogEvents')
    .flatMap(({ input }) => input.logEvents);
  expect(lines.map(({ message }) => JSON.parse(message))).toEqual([
    { status: '418', integration: '200', code: '418', bytes: '3', prefix: api.apiId, error: '-' },
    {
      status: '404',
      integration: '-',
      code: '-',
      bytes: String('{"message":"Not Found"}'.length),
      prefix: api.apiId,
      error: 'Not Found',
      quoted: 'Not Found',
    },
  ]);
});

it('gives APIs the ports that follow, in order, and leaves out what is taken', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await once(taken, 'listening');
  const firstPort = (taken.address() as AddressInfo).port;
  const ports = async () => {
    const running = await startGateway((host) => [createApiGatewayService(host, { firstPort })]);
    const provider = running.gateway
      .serviceByName('apigateway')!
      .resources!.find(({ type }) => type.endsWith('::Api'))!;
    const make = () => provider.create({ Name: 'a', ProtocolType: 'HTTP' }, context);
    const made = await Promise.all([make(), make()]);
    await provider.delete(made[0]!.physicalId, {}, context);
    const again = await make();
    await running.close();
    return [...made, again].map(({ attributes }) => Number(new URL(attributes!.ApiEndpoint as string).port));
  };
  const first = await ports();
  expect(first[0]).toBeGreaterThan(firstPort);
  expect(first[1]).toBeGreaterThan(first[0]!);
  expect(first[2]).toBe(first[0]);
  expect(await ports()).toEqual(first);
  taken.close();
});
