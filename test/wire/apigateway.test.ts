import { AwsError } from '../../local/wire/aws-error';
import { ACCOUNT, context, functionArn, HttpApiUnderTest, logGroupArn } from '../support/http-api';

let api: HttpApiUnderTest;

beforeEach(async () => {
  api = new HttpApiUnderTest();
  await api.start();
});

afterEach(() => api.running.close());

describe('an HTTP API', () => {
  it('hands the request to the function as payload 2.0', async () => {
    await api.stage();
    await api.route('GET /orders/{orderId}');
    const response = await fetch(`${api.url}/orders/o%2D1?b=2&a=1&b=3%204`, {
      headers: { 'X-Custom': 'one', cookie: 'first=1; second=2', 'user-agent': 'jest' },
    });
    expect(response.status).toBe(200);
    const event = (await response.json()) as any;
    expect(event).toEqual({
      version: '2.0',
      routeKey: 'GET /orders/{orderId}',
      rawPath: '/orders/o%2D1',
      rawQueryString: 'b=2&a=1&b=3%204',
      cookies: ['first=1', 'second=2'],
      headers: expect.objectContaining({
        'x-custom': 'one',
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-proto': 'http',
        'x-amzn-trace-id': expect.stringMatching(/^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/),
      }),
      queryStringParameters: { a: '1', b: '2,3 4' },
      pathParameters: { orderId: 'o-1' },
      requestContext: {
        accountId: ACCOUNT,
        apiId: api.apiId,
        domainName: new URL(api.url).host,
        domainPrefix: api.apiId,
        http: { method: 'GET', path: '/orders/o%2D1', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'jest' },
        requestId: response.headers.get('apigw-requestid'),
        routeKey: 'GET /orders/{orderId}',
        stage: '$default',
        time: '01/Jan/2026:00:00:00 +0000',
        timeEpoch: api.clock.now(),
      },
      isBase64Encoded: false,
    });
    expect(event.headers.cookie).toBeUndefined();
    expect(api.calls[0]).toMatchObject({
      caller: {
        kind: 'service',
        principal: 'apigateway.amazonaws.com',
        sourceArn: `arn:aws:execute-api:us-east-1:${ACCOUNT}:${api.apiId}/$default/GET/orders/{orderId}`,
      },
      input: { FunctionName: functionArn },
    });
  });

  it('hands on text as it is and other bodies as base64', async () => {
    await api.stage();
    await api.route('POST /orders');
    const post = async (body: string, type: string) => {
      const answer = await fetch(`${api.url}/orders`, { method: 'POST', body, headers: { 'content-type': type } });
      return (await answer.json()) as any;
    };
    expect(await post('{"a":"ä"}', 'application/json')).toMatchObject({ body: '{"a":"ä"}', isBase64Encoded: false });
    expect(await post('a=1', 'application/x-www-form-urlencoded')).toMatchObject({
      body: 'YT0x',
      isBase64Encoded: true,
    });
  });

  it('gives the response of the function, cookies and all', async () => {
    await api.stage();
    await api.route('ANY /{proxy+}');
    api.invoke = () => ({ statusCode: 202, headers: { Location: '/orders/1' }, cookies: ['a=1', 'b=2'], body: 'ok' });
    const response = await fetch(`${api.url}/any/thing`, { method: 'PUT' });
    expect(response.status).toBe(202);
    expect(response.headers.get('location')).toBe('/orders/1');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await response.text()).toBe('ok');
  });

  it('answers under the name of a stage', async () => {
    await api.create('Stage', { ApiId: api.apiId, StageName: 'dev', AutoDeploy: true });
    await api.route('GET /orders');
    const event = (await (await fetch(`${api.url}/dev/orders`)).json()) as any;
    expect(event).toMatchObject({ rawPath: '/dev/orders', requestContext: { stage: 'dev' } });
    expect((await fetch(`${api.url}/orders`)).status).toBe(404);
  });

  it('answers 404 where there is no route or no stage', async () => {
    await api.route('GET /orders');
    expect(await api.answer('/orders')).toEqual({ status: 404, body: { message: 'Not Found' } });
    await api.stage();
    expect(await api.answer('/nowhere')).toEqual({ status: 404, body: { message: 'Not Found' } });
  });

  it('answers 500 when the function fails, may not be invoked or answers nonsense', async () => {
    await api.stage();
    await api.route('GET /orders');
    for (const failing of [
      () => new Error('stock table unreachable'),
      () => ({ statusCode: 'x' }),
      () => {
        throw new AwsError('AccessDeniedException', 'not authorized to perform: lambda:InvokeFunction', 403);
      },
    ]) {
      api.invoke = failing;
      expect(await api.answer('/orders')).toEqual({ status: 500, body: { message: 'Internal Server Error' } });
    }
    expect(api.running.warnings.join()).toContain('stock table unreachable');
    expect(api.running.warnings.join()).toContain('lambda:InvokeFunction');
  });

  it('answers 503 when the function takes longer than the integration waits', async () => {
    await api.stage();
    await api.route('GET /orders', {}, { TimeoutInMillis: 5000 });
    let isInvoked: () => void;
    const invoked = new Promise<void>((resolve) => {
      isInvoked = resolve;
    });
    api.invoke = () => {
      isInvoked();
      return new Promise(() => undefined);
    };
    const answer = api.answer('/orders');
    await invoked;
    await api.clock.turn(5000);
    expect(await answer).toEqual({ status: 503, body: { message: 'Service Unavailable' } });
  });

  it('answers 413 for a body of more than ten megabytes', async () => {
    await api.stage();
    await api.route('POST /orders');
    const body = Buffer.alloc(10 * 1024 * 1024 + 1, 'x');
    expect(await api.answer('/orders', { method: 'POST', body })).toEqual({
      status: 413,
      body: { message: 'Request Entity Too Large' },
    });
    expect(api.calls).toEqual([]);
  });

  it('answers 429 beyond the burst, until the rate has refilled it', async () => {
    await api.stage({ DefaultRouteSettings: { ThrottlingBurstLimit: 2, ThrottlingRateLimit: 1 } });
    await api.route('GET /orders');
    const statuses = async () => [
      await api.answer('/orders'),
      await api.answer('/orders'),
      await api.answer('/orders'),
    ];
    expect((await statuses()).map(({ status }) => status)).toEqual([200, 200, 429]);
    expect((await api.answer('/orders')).body).toEqual({ message: 'Too Many Requests' });
    await api.clock.turn(1000);
    expect((await api.answer('/orders')).status).toBe(200);
  });

  it('writes an access log', async () => {
    const Format = JSON.stringify({
      id: '$context.requestId',
      route: '$context.routeKey',
      status: '$context.status',
      time: '$context.requestTime',
      error: '$context.integrationErrorMessage',
    });
    await api.stage({ AccessLogSettings: { DestinationArn: logGroupArn, Format } });
    await api.route('GET /orders');
    const response = await fetch(`${api.url}/orders`);
    await api.clock.turn(0);
    const written = api.calls.filter((call) => call.action === 'logs:PutLogEvents');
    expect(written).toHaveLength(1);
    expect(written[0]).toMatchObject({
      caller: { kind: 'service', principal: 'delivery.logs.amazonaws.com' },
      input: { logGroupName: '/api/access', logEvents: [{ timestamp: api.clock.now() }] },
    });
    expect(JSON.parse(written[0]!.input.logEvents[0].message)).toEqual({
      id: response.headers.get('apigw-requestid'),
      route: 'GET /orders',
      status: '200',
      time: '01/Jan/2026:00:00:00 +0000',
      error: '-',
    });
  });

  it('no longer answers once it is deleted', async () => {
    await api.provider('Api').delete(api.apiId, {}, context);
    await expect(fetch(api.url)).rejects.toThrow();
  });

  it('rejects what is not emulated at deploy', async () => {
    await expect(api.create('Api', { Name: 'x', ProtocolType: 'WEBSOCKET' })).rejects.toThrow(
      'WEBSOCKET is not emulated',
    );
    await expect(api.route('GET /x', {}, { PayloadFormatVersion: '1.0' })).rejects.toThrow('1.0 is not emulated');
    await expect(api.route('GET /x', { AuthorizationType: 'CUSTOM' })).rejects.toThrow('CUSTOM');
  });
});
