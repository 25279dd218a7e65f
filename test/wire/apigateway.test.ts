import { createHash, createHmac, generateKeyPairSync, sign as signBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignatureV4 } from '@smithy/signature-v4';
import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';
import { createApiGatewayService } from '../../local/services/apigateway/router';
import type { Authorizer } from '../../local/wire/authorizer';
import { AwsError } from '../../local/wire/aws-error';
import type { CallContext } from '../../local/wire/caller';
import type { ResourceContext, ResourceResult } from '../../local/wire/resource-provider';
import type { Access, Service } from '../../local/wire/service';
import { type RunningGateway, startGateway } from '../support/embedded';

const ACCOUNT = '000000000000';
const functionArn = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:place-order`;
const logGroupArn = `arn:aws:logs:us-east-1:${ACCOUNT}:log-group:/api/access`;
const roleCaller = {
  kind: 'role',
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/shop/web`,
  roleArn: `arn:aws:iam::${ACCOUNT}:role/shop`,
  accountId: ACCOUNT,
} as const;

interface Call {
  action: string;
  input: any;
  caller: CallContext['caller'];
}

let clock: SimulatedClock;
let running: RunningGateway;
let service: Service;
let calls: Call[];
let invoke: (event: any) => unknown;
let authorized: Access[];
let isAllowed: boolean;
let url: string;
let apiId: string;

function neighbour(name: string, actions: Record<string, (input: any) => unknown>): Service {
  const entries = Object.entries(actions).map(([action, handle]) => [
    action,
    {
      handle: (input: any, { caller }: CallContext) => {
        calls.push({ action: `${name}:${action}`, input, caller });
        return handle(input);
      },
    },
  ]);
  return { name, protocols: [], actions: Object.fromEntries(entries) };
}

const authorizer: Authorizer = {
  identify: (accessKeyId) => {
    if (accessKeyId === 'ASIAOLD') throw new AwsError('ExpiredTokenException', 'expired', 403);
    return roleCaller;
  },
  assumeRole: () => roleCaller,
  credentialsOf: () => ({ accessKeyId: 'a', secretAccessKey: 'b', sessionToken: 'c' }),
  authorize: (_caller, _service, access) => {
    authorized.push(access);
    if (!isAllowed) throw new AwsError('AccessDeniedException', 'no', 403);
  },
};

const context: ResourceContext = {
  stackName: 'orders',
  logicalId: 'Api',
  accountId: ACCOUNT,
  region: 'us-east-1',
  generateName: () => 'name',
  assetPath: () => '',
};

async function create(type: string, properties: object): Promise<ResourceResult> {
  const provider = service.resources!.find((resource) => resource.type === `AWS::ApiGatewayV2::${type}`)!;
  return provider.create(properties, context);
}

const stage = { AutoDeploy: true, AccessLogSettings: { DestinationArn: logGroupArn, Format: '' } };

async function route(RouteKey: string, more: object = {}, integration: object = {}): Promise<void> {
  const { physicalId } = await create('Integration', {
    ApiId: apiId,
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: functionArn,
    PayloadFormatVersion: '2.0',
    ...integration,
  });
  await create('Route', { ApiId: apiId, RouteKey, Target: `integrations/${physicalId}`, ...more });
}

beforeEach(async () => {
  clock = new SimulatedClock();
  calls = [];
  authorized = [];
  isAllowed = true;
  invoke = (event) => ({
    statusCode: 200,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(event),
  });
  running = await startGateway(
    (host) => {
      service = createApiGatewayService(host, { authorizer });
      return [
        service,
        neighbour('lambda', {
          Invoke: async ({ Payload }) => {
            const result = await invoke(JSON.parse(Payload));
            return { StatusCode: 200, Payload: Buffer.from(JSON.stringify(result)) };
          },
        }),
        neighbour('logs', { CreateLogStream: () => ({}), PutLogEvents: () => ({}) }),
      ];
    },
    { kernel: { clock, random: new SeededRandom('api') } },
  );
  const { physicalId, attributes } = await create('Api', { Name: 'orders', ProtocolType: 'HTTP' });
  apiId = physicalId;
  url = attributes!.ApiEndpoint as string;
});

afterEach(() => running.close());

async function useStage(more: object = {}): Promise<void> {
  await create('Stage', { ApiId: apiId, StageName: '$default', ...stage, ...more });
}

/** The hash that the signer wants, on node:crypto. */
class Sha256 {
  private readonly hash;
  constructor(secret?: any) {
    this.hash = secret ? createHmac('sha256', secret) : createHash('sha256');
  }
  update(data: any): void {
    this.hash.update(data);
  }
  async digest(): Promise<Uint8Array> {
    return this.hash.digest();
  }
}

async function signedHeaders(method: string, path: string, body: string, scope: object = {}) {
  const signer = new SignatureV4({
    credentials: { accessKeyId: 'ASIAWEB', secretAccessKey: 'secret', ...scope },
    region: 'us-east-1',
    service: 'execute-api',
    sha256: Sha256 as any,
    ...scope,
  });
  const { hostname, port } = new URL(url);
  const headers = { host: `${hostname}:${port}`, 'content-type': 'application/json' };
  const signed = await signer.sign({ method, protocol: 'http:', hostname, path, query: {}, headers, body } as any);
  return signed.headers as Record<string, string>;
}

describe('an HTTP API', () => {
  it('hands the request to the function as payload 2.0', async () => {
    await useStage();
    await route('GET /orders/{orderId}');
    const response = await fetch(`${url}/orders/o%2D1?b=2&a=1&b=3%204`, {
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
        apiId,
        domainName: new URL(url).host,
        domainPrefix: apiId,
        http: { method: 'GET', path: '/orders/o%2D1', protocol: 'HTTP/1.1', sourceIp: '127.0.0.1', userAgent: 'jest' },
        requestId: response.headers.get('apigw-requestid'),
        routeKey: 'GET /orders/{orderId}',
        stage: '$default',
        time: '01/Jan/2026:00:00:00 +0000',
        timeEpoch: clock.now(),
      },
      isBase64Encoded: false,
    });
    expect(event.headers.cookie).toBeUndefined();
    expect(calls[0]).toMatchObject({
      caller: {
        kind: 'service',
        principal: 'apigateway.amazonaws.com',
        sourceArn: `arn:aws:execute-api:us-east-1:${ACCOUNT}:${apiId}/$default/GET/orders/{orderId}`,
      },
      input: { FunctionName: functionArn },
    });
  });

  it('hands on text as it is and other bodies as base64', async () => {
    await useStage();
    await route('POST /orders');
    const post = async (body: string, type: string) => {
      const answer = await fetch(`${url}/orders`, { method: 'POST', body, headers: { 'content-type': type } });
      return (await answer.json()) as any;
    };
    expect(await post('{"a":"ä"}', 'application/json')).toMatchObject({ body: '{"a":"ä"}', isBase64Encoded: false });
    expect(await post('a=1', 'application/x-www-form-urlencoded')).toMatchObject({
      body: 'YT0x',
      isBase64Encoded: true,
    });
  });

  it('gives the response of the function, cookies and all', async () => {
    await useStage();
    await route('ANY /{proxy+}');
    invoke = () => ({ statusCode: 202, headers: { Location: '/orders/1' }, cookies: ['a=1', 'b=2'], body: 'ok' });
    const response = await fetch(`${url}/any/thing`, { method: 'PUT' });
    expect(response.status).toBe(202);
    expect(response.headers.get('location')).toBe('/orders/1');
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
    expect(await response.text()).toBe('ok');
  });

  it('answers under the name of a stage', async () => {
    await create('Stage', { ApiId: apiId, StageName: 'dev', AutoDeploy: true });
    await route('GET /orders');
    const event = (await (await fetch(`${url}/dev/orders`)).json()) as any;
    expect(event).toMatchObject({ rawPath: '/dev/orders', requestContext: { stage: 'dev' } });
    expect((await fetch(`${url}/orders`)).status).toBe(404);
  });

  const answerOf = async (path: string, init?: RequestInit) => {
    const response = await fetch(`${url}${path}`, init);
    return [response.status, await response.json()];
  };

  it('answers 404 where there is no route or no stage', async () => {
    await route('GET /orders');
    expect(await answerOf('/orders')).toEqual([404, { message: 'Not Found' }]);
    await useStage();
    expect(await answerOf('/nowhere')).toEqual([404, { message: 'Not Found' }]);
  });

  it('answers 500 when the function fails, may not be invoked or answers nonsense', async () => {
    await useStage();
    await route('GET /orders');
    for (const failing of [
      () => ({ statusCode: 'x' }),
      () => {
        throw new AwsError('AccessDeniedException', 'not authorized to perform: lambda:InvokeFunction', 403);
      },
    ]) {
      invoke = failing;
      expect(await answerOf('/orders')).toEqual([500, { message: 'Internal Server Error' }]);
    }
    expect(running.warnings.join()).toContain('lambda:InvokeFunction');
  });

  it('answers 503 when the function takes longer than the integration waits', async () => {
    await useStage();
    await route('GET /orders', {}, { TimeoutInMillis: 5000 });
    let isInvoked: () => void;
    const invoked = new Promise<void>((resolve) => {
      isInvoked = resolve;
    });
    invoke = () => {
      isInvoked();
      return new Promise(() => undefined);
    };
    const answer = answerOf('/orders');
    await invoked;
    await clock.turn(5000);
    expect(await answer).toEqual([503, { message: 'Service Unavailable' }]);
  });

  it('answers 413 for a body of more than ten megabytes', async () => {
    await useStage();
    await route('POST /orders');
    const body = Buffer.alloc(10 * 1024 * 1024 + 1, 'x');
    expect(await answerOf('/orders', { method: 'POST', body })).toEqual([413, { message: 'Request Entity Too Large' }]);
    expect(calls).toEqual([]);
  });

  it('answers 429 beyond the burst, until the rate has refilled it', async () => {
    await useStage({ DefaultRouteSettings: { ThrottlingBurstLimit: 2, ThrottlingRateLimit: 1 } });
    await route('GET /orders');
    const statuses = async () => [await answerOf('/orders'), await answerOf('/orders'), await answerOf('/orders')];
    expect((await statuses()).map(([status]) => status)).toEqual([200, 200, 429]);
    expect((await answerOf('/orders'))[1]).toEqual({ message: 'Too Many Requests' });
    await clock.turn(1000);
    expect((await answerOf('/orders'))[0]).toBe(200);
  });

  it('writes an access log', async () => {
    const Format = JSON.stringify({
      id: '$context.requestId',
      route: '$context.routeKey',
      status: '$context.status',
      time: '$context.requestTime',
      error: '$context.integrationErrorMessage',
    });
    await useStage({ AccessLogSettings: { DestinationArn: logGroupArn, Format } });
    await route('GET /orders');
    const response = await fetch(`${url}/orders`);
    await clock.turn(0);
    const written = calls.filter((call) => call.action === 'logs:PutLogEvents');
    expect(written).toHaveLength(1);
    expect(written[0]).toMatchObject({
      caller: { kind: 'service', principal: 'delivery.logs.amazonaws.com' },
      input: { logGroupName: '/api/access', logEvents: [{ timestamp: clock.now() }] },
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
    const provider = service.resources!.find((resource) => resource.type === 'AWS::ApiGatewayV2::Api')!;
    await provider.delete(apiId, {}, context);
    await expect(fetch(url)).rejects.toThrow();
  });

  it('rejects what is not emulated at deploy', async () => {
    await expect(create('Api', { Name: 'x', ProtocolType: 'WEBSOCKET' })).rejects.toThrow('WEBSOCKET is not emulated');
    await expect(route('GET /x', {}, { PayloadFormatVersion: '1.0' })).rejects.toThrow('1.0 is not emulated');
    await expect(route('GET /x', { AuthorizationType: 'CUSTOM' })).rejects.toThrow('CUSTOM');
  });
});

describe('a route with IAM authorization', () => {
  beforeEach(async () => {
    await useStage();
    await route('POST /orders', { AuthorizationType: 'AWS_IAM' });
  });

  const post = async (headers: Record<string, string>) => {
    const response = await fetch(`${url}/orders`, { method: 'POST', body: '{}', headers });
    return { status: response.status, body: (await response.json()) as any };
  };

  it('tells the function who signed', async () => {
    const { status, body } = await post(await signedHeaders('POST', '/orders', '{}'));
    expect(status).toBe(200);
    expect(body.requestContext.authorizer).toEqual({
      iam: {
        accessKey: 'ASIAWEB',
        accountId: ACCOUNT,
        callerId: 'shop:web',
        cognitoIdentity: null,
        principalOrgId: null,
        userArn: roleCaller.arn,
        userId: 'shop:web',
      },
    });
    expect(authorized).toEqual([
      {
        action: 'execute-api:Invoke',
        resource: `arn:aws:execute-api:us-east-1:${ACCOUNT}:${apiId}/$default/POST/orders`,
      },
    ]);
  });

  it('rejects callers who may not invoke it', async () => {
    isAllowed = false;
    expect(await post(await signedHeaders('POST', '/orders', '{}'))).toEqual({
      status: 403,
      body: { message: 'Forbidden' },
    });
    expect(calls).toEqual([]);
  });

  it('rejects requests that are not signed, for another service, or with an old key', async () => {
    const refused = { status: 403, body: { message: 'Forbidden' } };
    expect(await post({})).toEqual(refused);
    expect(await post({ authorization: 'Bearer x' })).toEqual(refused);
    expect(await post(await signedHeaders('POST', '/orders', '{}', { service: 'lambda' }))).toEqual(refused);
    expect(await post(await signedHeaders('POST', '/orders', '{}', { region: 'eu-west-1' }))).toEqual(refused);
    const credentials = { accessKeyId: 'ASIAOLD', secretAccessKey: 'x' };
    expect(await post(await signedHeaders('POST', '/orders', '{}', { credentials }))).toEqual(refused);
  });
});

describe('a route with a JWT authorizer', () => {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  let issuerServer: Server;
  let issuer: string;
  let fetched: string[];

  beforeEach(async () => {
    fetched = [];
    issuerServer = createServer((request, response) => {
      fetched.push(request.url!);
      const keys = [{ ...publicKey.export({ format: 'jwk' }), kid: 'k1', alg: 'RS256', use: 'sig' }];
      const isDiscovery = request.url === '/.well-known/openid-configuration';
      response.end(JSON.stringify(isDiscovery ? { issuer, jwks_uri: `${issuer}/keys` } : { keys }));
    });
    await new Promise<void>((resolve) => issuerServer.listen(0, '127.0.0.1', resolve));
    issuer = `http://127.0.0.1:${(issuerServer.address() as AddressInfo).port}`;
    await useStage();
    const { physicalId } = await create('Authorizer', {
      ApiId: apiId,
      AuthorizerType: 'JWT',
      Name: 'jwt',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer: issuer, Audience: ['shop'] },
    });
    const jwt = { AuthorizationType: 'JWT', AuthorizerId: physicalId };
    await route('GET /orders', jwt);
    await route('GET /admin', { ...jwt, AuthorizationScopes: ['orders:admin'] });
  });

  afterEach(() => {
    issuerServer.close();
    issuerServer.closeAllConnections();
  });

  function token(claims: object, header: object = {}, key = privateKey): string {
    const nowSeconds = clock.now() / 1000;
    const all = { iss: issuer, aud: 'shop', sub: 'anna', iat: nowSeconds, exp: nowSeconds + 60, ...claims };
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const signed = `${encode({ alg: 'RS256', kid: 'k1', ...header })}.${encode(all)}`;
    return `${signed}.${signBytes('RSA-SHA256', Buffer.from(signed), key).toString('base64url')}`;
  }

  const get = async (path: string, authorization?: string) => {
    const response = await fetch(`${url}${path}`, { headers: authorization ? { authorization } : {} });
    return { status: response.status, body: (await response.json()) as any };
  };

  it('hands the claims to the function', async () => {
    const { status, body } = await get('/orders', `Bearer ${token({ groups: ['a', 'b'] })}`);
    expect(status).toBe(200);
    expect(body.requestContext.authorizer).toEqual({
      jwt: { claims: expect.objectContaining({ sub: 'anna', groups: '[a b]', aud: 'shop' }), scopes: null },
    });
  });

  it('asks the issuer for its keys once in two hours', async () => {
    await get('/orders', `Bearer ${token({})}`);
    await get('/orders', `Bearer ${token({})}`);
    expect(fetched).toEqual(['/.well-known/openid-configuration', '/keys']);
    await clock.turn(2 * 60 * 60_000);
    await get('/orders', `Bearer ${token({})}`);
    expect(fetched).toHaveLength(4);
  });

  it.each<[string, () => string | undefined]>([
    ['is missing', () => undefined],
    ['is no token', () => 'Bearer nonsense'],
    ['has expired', () => `Bearer ${token({ exp: clock.now() / 1000 })}`],
    ['is not valid yet', () => `Bearer ${token({ nbf: clock.now() / 1000 + 1 })}`],
    ['is of another issuer', () => `Bearer ${token({ iss: 'https://elsewhere' })}`],
    ['is for another audience', () => `Bearer ${token({ aud: ['other'] })}`],
    ['has an unknown key', () => `Bearer ${token({}, { kid: 'k2' })}`],
    ['has no signature', () => `Bearer ${token({}, { alg: 'none' })}`],
    ['has an HMAC signature', () => `Bearer ${token({}, { alg: 'HS256' })}`],
    [
      'was signed by somebody else',
      () => `Bearer ${token({}, {}, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey)}`,
    ],
  ])('rejects a token that %s', async (_what, authorization) => {
    expect(await get('/orders', authorization())).toEqual({ status: 401, body: { message: 'Unauthorized' } });
    expect(calls).toEqual([]);
  });

  it('rejects a token without the scopes of the route', async () => {
    expect(await get('/admin', `Bearer ${token({ scope: 'orders:read' })}`)).toEqual({
      status: 403,
      body: { message: 'Forbidden' },
    });
    const { status, body } = await get('/admin', `Bearer ${token({ scope: 'orders:read orders:admin' })}`);
    expect(status).toBe(200);
    expect(body.requestContext.authorizer.jwt.scopes).toEqual(['orders:admin']);
  });
});
