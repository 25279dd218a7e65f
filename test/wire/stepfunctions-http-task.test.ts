import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemKernel } from '../../local/kernel/kernel';
import { createCloudFormationService } from '../../local/services/cloudformation/router';
import { createEventBridgeService } from '../../local/services/eventbridge/router';
import { createIamServices } from '../../local/services/iam/router';
import { createStepFunctionsService } from '../../local/services/stepfunctions/router';
import { administrator, Gateway } from '../../local/wire/gateway';

interface Seen {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

const trust = {
  Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'states.amazonaws.com' } }],
};
const connection = {
  AuthorizationType: 'API_KEY',
  AuthParameters: {
    ApiKeyAuthParameters: { ApiKeyName: 'x-api-key', ApiKeyValue: 'secret' },
    InvocationHttpParameters: {
      HeaderParameters: [{ Key: 'header-param', Value: 'connection', IsValueSecret: 'true' }],
      QueryStringParameters: [{ Key: 'q', Value: 'connection' }],
      BodyParameters: [{ Key: 'both', Value: 'connection' }],
    },
  },
};
const basic = {
  AuthorizationType: 'BASIC',
  AuthParameters: { BasicAuthParameters: { Username: 'me', Password: 'word' } },
};

/** HTTP Tasks against a server of this machine, with connections from a template and decided on by IAM. */
describe('HTTP Task', () => {
  const warnings: string[] = [];
  const gateway = new Gateway({ kernel: systemKernel(), warn: (line) => warnings.push(line) });
  const admin = administrator(gateway.accountId);
  const seen: Seen[] = [];
  let server: Server;
  let api: string;
  let outputs: Record<string, string>;

  beforeAll(async () => {
    server = createServer(async (request, response) => {
      let body = '';
      for await (const chunk of request) body += chunk;
      seen.push({ method: request.method!, url: request.url!, headers: request.headers, body });
      const status = Number(new URL(request.url!, 'http://x').searchParams.get('status') ?? 200);
      const type = request.headers.accept ?? 'application/json';
      response.writeHead(status, { 'content-type': type, 'x-two': ['a', 'b'] });
      response.end(type === 'image/png' ? Buffer.from([1, 255]) : '{"n":1}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const { iam, sts, authorizer } = createIamServices(gateway);
    gateway.useAuthorizer(authorizer);
    gateway.register(iam, sts, createEventBridgeService(gateway), createStepFunctionsService(gateway));
    const cloudformation = createCloudFormationService(gateway, () => gateway.registered);
    gateway.register(cloudformation);
    await (await cloudformation.createStack({ stackName: 'http', template: template() })).done;
    const { Stacks } = await gateway.call(admin, 'cloudformation', 'DescribeStacks', {});
    outputs = Object.fromEntries(Stacks[0].Outputs.map(({ OutputKey, OutputValue }: any) => [OutputKey, OutputValue]));
  });
  afterAll(async () => {
    await gateway.stop();
    await new Promise((resolve) => server.close(resolve));
  });
  beforeEach(() => seen.splice(0));

  function template() {
    const arn = (name: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [name, attribute] });
    const allow = (Action: string | string[], Resource: unknown, more = {}) => ({
      Effect: 'Allow',
      Action,
      Resource,
      ...more,
    });
    const invoke = allow('states:InvokeHTTPEndpoint', '*', {
      Condition: {
        StringEquals: { 'states:HTTPMethod': ['GET', 'POST'] },
        StringLike: { 'states:HTTPEndpoint': [`${api}/*`, 'https://example.com/*', 'http://127.0.0.1:1/'] },
      },
    });
    const secrets = (name: string) =>
      allow(['secretsmanager:GetSecretValue', 'secretsmanager:DescribeSecret'], arn(name, 'SecretArn'));
    const role = (...Statement: object[]) => ({
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: trust,
        Policies: [{ PolicyName: 'grants', PolicyDocument: { Statement } }],
      },
    });
    return {
      Resources: {
        Api: { Type: 'AWS::Events::Connection', Properties: connection },
        Plain: { Type: 'AWS::Events::Connection', Properties: basic },
        Role: role(
          invoke,
          allow('events:RetrieveConnectionCredentials', [arn('Api'), arn('Plain')]),
          secrets('Api'),
          secrets('Plain'),
        ),
        Poor: role(invoke, allow('events:RetrieveConnectionCredentials', arn('Api'))),
      },
      Outputs: Object.fromEntries(['Api', 'Plain', 'Role', 'Poor'].map((name) => [name, { Value: arn(name) }])),
    };
  }

  async function invoke(Arguments: object, role = 'Role') {
    const State = {
      Type: 'Task',
      Resource: 'arn:aws:states:::http:invoke',
      Arguments: {
        Method: 'GET',
        ApiEndpoint: `${api}/v1`,
        InvocationConfig: { ConnectionArn: outputs.Plain },
        ...Arguments,
      },
      End: true,
    };
    const { stateMachineArn } = await gateway.call(admin, 'states', 'CreateStateMachine', {
      name: `m${Math.floor(gateway.kernel.random.next() * 1e9)}`,
      type: 'EXPRESS',
      roleArn: outputs[role],
      definition: JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'Call', States: { Call: State } }),
    });
    const answer = await gateway.call(admin, 'states', 'StartSyncExecution', { stateMachineArn });
    return { ...answer, output: answer.output && JSON.parse(answer.output) };
  }

  it('gives status, headers and body of the answer', async () => {
    const { output } = await invoke({});
    expect(output).toEqual({
      Headers: expect.objectContaining({ 'content-type': ['application/json'], 'x-two': ['a', 'b'] }),
      ResponseBody: { n: 1 },
      StatusCode: 200,
      StatusText: 'OK',
    });
    expect(seen[0]!.headers).toMatchObject({
      authorization: `Basic ${Buffer.from('me:word').toString('base64')}`,
      'user-agent': 'Amazon|StepFunctions|HttpInvoke|us-east-1',
      range: 'bytes=0-262144',
    });
  });

  it('gives a body that is no JSON as text', async () => {
    expect((await invoke({ Headers: { Accept: 'text/plain' } })).output.ResponseBody).toBe('{"n":1}');
  });

  it('adds what the connection holds, which wins over the state', async () => {
    await invoke({
      Method: 'POST',
      ApiEndpoint: `${api}/v1?a=1`,
      Authentication: { ConnectionArn: outputs.Api },
      InvocationConfig: undefined,
      Headers: { 'Header-Param': 'state', 'request-id': 'r' },
      QueryParameters: { q: 'state', list: ['x y', 'z'] },
      RequestBody: { both: 'state', own: [1] },
    });
    expect(seen[0]).toMatchObject({
      method: 'POST',
      url: '/v1?a=1&q=connection&list=x%20y&list=z',
      headers: {
        'x-api-key': 'secret',
        'header-param': 'connection',
        'request-id': 'r',
        'content-type': 'application/json; charset=UTF-8',
      },
      body: '{"both":"connection","own":[1]}',
    });
  });

  it.each([
    [undefined, 'a[0]=x&a[1]=y&m[k]=1'],
    ['REPEAT', 'a=x&a=y&m[k]=1'],
    ['COMMAS', 'a=x,y&m[k]=1'],
    ['BRACKETS', 'a[]=x&a[]=y&m[k]=1'],
  ])('writes form data with arrays as %s', async (ArrayFormat, expected) => {
    await invoke({
      Method: 'POST',
      Headers: { 'content-type': 'application/x-www-form-urlencoded' },
      RequestBody: { a: ['x', 'y'], m: { k: 1 } },
      Transform: {
        RequestBodyEncoding: 'URL_ENCODED',
        ...(ArrayFormat && { RequestEncodingOptions: { ArrayFormat } }),
      },
    });
    expect(decodeURIComponent(seen[0]!.body)).toBe(expected);
    expect(seen[0]!.headers['content-type']).toBe('application/x-www-form-urlencoded');
  });

  it.each([
    [404, 'Not Found'],
    [503, 'Service Unavailable'],
    [302, 'Found'],
  ])('fails by the status %i, whose text is the whole cause', async (status, cause) => {
    expect(await invoke({ ApiEndpoint: `${api}/v1?status=${status}` })).toMatchObject({
      status: 'FAILED',
      error: `States.Http.StatusCode.${status}`,
      cause,
    });
  });

  it.each<[string, object, string]>([
    ['a header that AWS sets', { Headers: { Host: 'x' } }, "'Host'"],
    ['a header that AWS keeps for itself', { Headers: { 'X-Amz-Date': 'x' } }, "'X-Amz-Date'"],
    ['an unknown method', { Method: 'TRACE' }, '"TRACE"'],
    ['an endpoint that is no URL', { ApiEndpoint: 'example.com' }, '"example.com"'],
    ['no connection', { InvocationConfig: undefined }, 'ConnectionArn'],
    ['a binary answer', { Headers: { Accept: 'image/png' } }, "'image/png'"],
  ])('fails with States.Runtime for %s', async (_, more, cause) => {
    expect(await invoke(more)).toMatchObject({ error: 'States.Runtime', cause: expect.stringContaining(cause) });
  });

  it('fails with States.Http.AccessDenied for a method or endpoint that the role was not granted', async () => {
    const denied = { status: 'FAILED', error: 'States.Http.AccessDenied' };
    expect(await invoke({ Method: 'PUT' })).toMatchObject(denied);
    expect(await invoke({ ApiEndpoint: 'https://example.org/' })).toMatchObject(denied);
    expect(seen).toEqual([]);
  });

  it('fails with Events.ConnectionResource.AccessDenied when the secret may not be read', async () => {
    const InvocationConfig = { ConnectionArn: outputs.Api };
    expect(await invoke({ InvocationConfig }, 'Poor')).toMatchObject({
      error: 'Events.ConnectionResource.AccessDenied',
      cause: expect.stringContaining('secretsmanager:DescribeSecret'),
    });
    expect(seen).toEqual([]);
  });

  it('fails with States.Http.Socket where nothing listens', async () => {
    expect(await invoke({ ApiEndpoint: 'http://127.0.0.1:1/' })).toMatchObject({ error: 'States.Http.Socket' });
  });

  it('rejects hosts beyond this machine, and says so to whoever runs it', async () => {
    expect(await invoke({ ApiEndpoint: 'https://example.com/v1' })).toMatchObject({
      error: 'States.Http.Socket',
      cause: expect.stringContaining("'example.com' cannot be reached"),
    });
    expect(warnings.join()).toContain("'example.com' cannot be reached");
  });

  it.each([
    [true, '/v1?a=1&q=connection', 'x-api-key: secret', '{"own":1,"both":"connection"}'],
    [false, '/v1?a=1', 'Accept: application/json', '{"own":1}'],
  ])(
    'is shown by TestState with its request and answer, secrets revealed: %s',
    async (revealSecrets, url, header, body) => {
      const Arguments = {
        Method: 'POST',
        ApiEndpoint: `${api}/v1?a=1`,
        InvocationConfig: { ConnectionArn: outputs.Api },
        Headers: { Accept: 'application/json' },
        RequestBody: { own: 1 },
      };
      const state = {
        Type: 'Task',
        QueryLanguage: 'JSONata',
        Resource: 'arn:aws:states:::http:invoke',
        Arguments,
        End: true,
      };
      const { status, inspectionData } = await gateway.call(admin, 'states', 'TestState', {
        definition: JSON.stringify(state),
        roleArn: outputs.Role,
        inspectionLevel: 'TRACE',
        revealSecrets,
      });
      expect(status).toBe('SUCCEEDED');
      expect(inspectionData.request).toMatchObject({ protocol: 'http', method: 'POST', url: api + url, body });
      expect(inspectionData.request.headers).toContain(header);
      expect(inspectionData.request.headers.includes('secret')).toBe(revealSecrets);
      expect(inspectionData.response).toMatchObject({ statusCode: '200', statusMessage: 'OK', body: '{"n":1}' });
    },
  );

  it('shows a connection without its secrets', async () => {
    const name = outputs.Api!.split('/')[1];
    const described = await gateway.call(admin, 'events', 'DescribeConnection', { Name: name });
    expect(described).toMatchObject({ ConnectionState: 'AUTHORIZED', AuthorizationType: 'API_KEY' });
    expect(JSON.stringify(described)).not.toContain('secret"');
    expect(described.AuthParameters.InvocationHttpParameters.HeaderParameters).toEqual([
      { Key: 'header-param', IsValueSecret: true },
    ]);
  });

  it('rejects an OAuth connection', async () => {
    const input = { Name: 'o', AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS' };
    await expect(gateway.call(admin, 'events', 'CreateConnection', input)).rejects.toThrow('are not emulated');
  });
});
