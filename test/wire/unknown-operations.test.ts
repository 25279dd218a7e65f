import { type EmbeddedAws, startEmbeddedAws } from '../../local/embedded-aws';
import { administrator } from '../../local/wire/gateway';
import type { Protocol } from '../../local/wire/service';

const ROLE = {
  Type: 'AWS::IAM::Role',
  Properties: {
    RoleName: 'place-order',
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
    },
  },
};
const SESSION = 'arn:aws:sts::000000000000:assumed-role/place-order/place-order-f';

const SERVICES = [
  ...['apigateway', 'bedrock', 'cloudformation', 'dynamodb', 'ecr', 'events', 'iam', 'kms', 'lambda', 'logs'],
  ...[
    'monitoring',
    's3',
    's3vectors',
    'scheduler',
    'secretsmanager',
    'ses',
    'sns',
    'sqs',
    'ssm',
    'states',
    'sts',
    'xray',
  ],
];

const warnings: string[] = [];
let aws: EmbeddedAws;
let roleKey: string;

beforeAll(async () => {
  aws = await startEmbeddedAws({ port: 0, warn: (line) => warnings.push(line) });
  const TemplateBody = JSON.stringify({ Resources: { PlaceOrderRole: ROLE } });
  const input = { StackName: 'shop', TemplateBody, Capabilities: ['CAPABILITY_NAMED_IAM'] };
  await aws.gateway.call(administrator(aws.accountId), 'cloudformation', 'CreateStack', input);
  const role = 'arn:aws:iam::000000000000:role/place-order';
  const { authorizer } = aws;
  ({ accessKeyId: roleKey } = authorizer.credentialsOf(
    authorizer.assumeRole(role, 'lambda.amazonaws.com', 'place-order-f'),
  ));
});

afterAll(() => aws.stop());

/** An operation that no service has, as a protocol would ask for it. */
interface Invented {
  readonly path: string;
  readonly init: { method: string; headers?: Record<string, string>; body?: string };
  /** What the log calls it. */
  readonly operation: string;
}

function invented(service: string, protocol: Protocol): Invented {
  switch (protocol.kind) {
    case 'json': {
      const headers = { 'x-amz-target': `${protocol.target}.Levitate` };
      return { path: '/', init: { method: 'POST', body: '{}', headers }, operation: 'Levitate' };
    }
    case 'query': {
      const headers = { 'content-type': 'application/x-www-form-urlencoded' };
      const body = `Action=Levitate&Version=${protocol.version}`;
      return { path: '/', init: { method: 'POST', body, headers }, operation: 'Levitate' };
    }
    case 'rest-json':
      return { path: `/${service}/levitate`, init: { method: 'POST' }, operation: `POST /${service}/levitate` };
    case 'rest-xml':
      return { path: '/bucket?torrent', init: { method: 'PUT' }, operation: 'PUT of a bucket with torrent' };
  }
}

/** How AWS refuses one. */
function refusalOf(protocol: Protocol): { readonly status: number; readonly error: RegExp } {
  switch (protocol.kind) {
    case 'json':
      return { status: 400, error: /"__type":"([\w.]+#)?UnknownOperationException"/ };
    case 'query': {
      const message = `Could not find operation Levitate for version ${protocol.version}`;
      return { status: 400, error: new RegExp(`<Code>InvalidAction</Code><Message>${message}</Message>`) };
    }
    case 'rest-json':
      return { status: 404, error: /^UnknownOperationException$/ };
    case 'rest-xml':
      return { status: 501, error: /<Code>NotImplemented<\/Code>/ };
  }
}

async function ask(accessKeyId: string, service: string, { path, init }: Invented) {
  const scope = `${accessKeyId}/20260101/us-east-1/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
  const answer = await fetch(aws.url + path, { ...init, headers: { ...init.headers, authorization } });
  const text = await answer.text();
  return { status: answer.status, error: answer.headers.get('x-amzn-errortype') ?? text };
}

/** What the log says of an operation of a service. */
async function told(service: string, operation: string): Promise<string[]> {
  const lines = () => warnings.filter((line) => line.startsWith(`${service}: operation ${operation} `));
  while (lines().length === 0) await new Promise<void>((resolve) => setImmediate(resolve));
  return lines();
}

describe('an operation that is not emulated', () => {
  it.each(SERVICES)(
    'of %s is refused as by AWS, and the log says which resource of which stack wanted it',
    async (name) => {
      const { protocols } = aws.gateway.serviceByName(name)!;
      for (const protocol of protocols) {
        const wanted = invented(name, protocol);
        const answer = await ask(roleKey, name, wanted);
        const { status, error } = refusalOf(protocol);
        expect(answer).toEqual({ status, error: expect.stringMatching(error) });
        expect(await told(name, wanted.operation)).toEqual([
          `${name}: operation ${wanted.operation} is not emulated, called by ${SESSION} (resource PlaceOrderRole of stack shop)`,
        ]);
      }
    },
  );

  it('is looked for in every service', () => {
    expect(aws.gateway.registered.map(({ name }) => name).sort()).toEqual(SERVICES);
  });

  it('is told with the user at the keyboard', async () => {
    const init = { method: 'POST', body: '{}', headers: { 'x-amz-target': 'AmazonSQS.Vanish' } };
    await ask('test', 'sqs', { path: '/', init, operation: 'Vanish' });
    expect(await told('sqs', 'Vanish')).toEqual([
      'sqs: operation Vanish is not emulated, called by arn:aws:iam::000000000000:user/local',
    ]);
  });

  it('of a service that is not there at all is refused in the form of its protocol', async () => {
    const init = { method: 'POST', body: '{}', headers: { 'x-amz-target': 'Kinesis_20131202.PutRecord' } };
    const answer = await ask('test', 'kinesis', { path: '/', init, operation: 'PutRecord' });
    expect(answer).toEqual({ status: 400, error: expect.stringMatching(/"UnknownOperationException"/) });
    expect(await told('Kinesis_20131202', 'PutRecord')).toHaveLength(1);
  });
});
