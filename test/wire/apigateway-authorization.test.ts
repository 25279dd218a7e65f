import { createHash, createHmac, generateKeyPairSync, sign as signBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SignatureV4 } from '@smithy/signature-v4';
import { ACCOUNT, HttpApiUnderTest, roleCaller } from '../support/http-api';

let api: HttpApiUnderTest;

beforeEach(async () => {
  api = new HttpApiUnderTest();
  await api.start();
});

afterEach(() => api.running.close());

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
  const { hostname, port } = new URL(api.url);
  const headers = { host: `${hostname}:${port}`, 'content-type': 'application/json' };
  const request = { method, protocol: 'http:', hostname, path, query: {}, headers, body };
  const signed: any = await signer.sign(request);
  return signed.headers as Record<string, string>;
}

describe('a route with IAM authorization', () => {
  beforeEach(async () => {
    await api.stage();
    await api.route('POST /orders', { AuthorizationType: 'AWS_IAM' });
  });

  const post = async (headers: Record<string, string>) => {
    const response = await fetch(`${api.url}/orders`, { method: 'POST', body: '{}', headers });
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
    expect(api.authorized).toEqual([
      {
        action: 'execute-api:Invoke',
        resource: `arn:aws:execute-api:us-east-1:${ACCOUNT}:${api.apiId}/$default/POST/orders`,
      },
    ]);
  });

  it('rejects callers who may not invoke it', async () => {
    api.isAllowed = false;
    expect(await post(await signedHeaders('POST', '/orders', '{}'))).toEqual({
      status: 403,
      body: { message: 'Forbidden' },
    });
    expect(api.calls).toEqual([]);
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
    await api.stage();
    const { physicalId } = await api.create('Authorizer', {
      ApiId: api.apiId,
      AuthorizerType: 'JWT',
      Name: 'jwt',
      IdentitySource: ['$request.header.Authorization'],
      JwtConfiguration: { Issuer: issuer, Audience: ['shop'] },
    });
    const jwt = { AuthorizationType: 'JWT', AuthorizerId: physicalId };
    await api.route('GET /orders', jwt);
    await api.route('GET /admin', { ...jwt, AuthorizationScopes: ['orders:admin'] });
  });

  afterEach(() => {
    issuerServer.close();
    issuerServer.closeAllConnections();
  });

  function token(claims: object, header: object = {}, key = privateKey): string {
    const nowSeconds = api.clock.now() / 1000;
    const all = { iss: issuer, aud: 'shop', sub: 'anna', iat: nowSeconds, exp: nowSeconds + 60, ...claims };
    const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url');
    const signed = `${encode({ alg: 'RS256', kid: 'k1', ...header })}.${encode(all)}`;
    return `${signed}.${signBytes('RSA-SHA256', Buffer.from(signed), key).toString('base64url')}`;
  }

  const get = async (path: string, authorization?: string) => {
    const response = await fetch(`${api.url}${path}`, { headers: authorization ? { authorization } : {} });
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
    await api.clock.turn(2 * 60 * 60_000);
    await get('/orders', `Bearer ${token({})}`);
    expect(fetched).toHaveLength(4);
  });

  it.each<[string, () => string | undefined]>([
    ['is missing', () => undefined],
    ['is no token', () => 'Bearer nonsense'],
    ['has expired', () => `Bearer ${token({ exp: api.clock.now() / 1000 })}`],
    ['is not valid yet', () => `Bearer ${token({ nbf: api.clock.now() / 1000 + 1 })}`],
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
    expect(api.calls).toEqual([]);
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
