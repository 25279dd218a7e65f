import { CreateFunctionCommand, LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { createIamServices, type IamServices } from '../../local/services/iam/router';
import { createLambdaService } from '../../local/services/lambda/router';
import { createS3Service } from '../../local/services/s3/router';
import { type RunningGateway, startGateway } from '../support/embedded';
import { zipFile } from '../support/zip-file';
import { createResource } from '../unit/lambda/inline-function';

const ACCOUNT = 'arn:aws:iam::000000000000';
const Code = { ZipFile: zipFile({ 'index.js': 'exports.handler = async () => 1;' }) };
const FUNCTION = { Runtime: 'nodejs24.x', Handler: 'index.handler', Role: `${ACCOUNT}:role/worker` } as const;

let running: RunningGateway;
let identities: IamServices;

beforeAll(async () => {
  running = await startGateway((host) => {
    identities = createIamServices(host);
    return [identities.iam, identities.sts, createLambdaService(host), createS3Service(host)];
  });
  running.gateway.useAuthorizer(identities.authorizer);
  await role('worker', { Service: 'lambda.amazonaws.com' }, []);
});

afterAll(() => running.close());

function role(RoleName: string, Principal: object, Statement: object[]) {
  return createResource(identities.iam, 'AWS::IAM::Role', {
    RoleName,
    AssumeRolePolicyDocument: {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' }],
    },
    Policies: Statement.length > 0 ? [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement } }] : [],
  });
}

/** A client with a session of a new role that has these statements. */
async function clientOf(name: string, Statement: object[]): Promise<LambdaClient> {
  await role(name, { AWS: `${ACCOUNT}:root` }, Statement);
  const sts = new STSClient(running.client);
  const { Credentials } = await sts.send(
    new AssumeRoleCommand({ RoleArn: `${ACCOUNT}:role/${name}`, RoleSessionName: 'test' }),
  );
  sts.destroy();
  const { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken } = Credentials!;
  const credentials = { accessKeyId: accessKeyId!, secretAccessKey: secretAccessKey!, sessionToken };
  return new LambdaClient({ ...running.client, credentials });
}

const allow = (Action: string, Resource: string, more: object = {}) => ({ Effect: 'Allow', Action, Resource, ...more });
const onFunctions = allow('lambda:*', '*');

describe('who creates a function', () => {
  it('may be the administrator', async () => {
    const client = new LambdaClient(running.client);
    const { State } = await client.send(new CreateFunctionCommand({ ...FUNCTION, FunctionName: 'by-hand', Code }));
    expect(State).toBe('Pending');
    client.destroy();
  });

  it('must be allowed to pass its role to Lambda', async () => {
    const passing = { Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } } };
    const may = await clientOf('may', [onFunctions, allow('iam:PassRole', FUNCTION.Role, passing)]);
    const mayNot = await clientOf('may-not', [onFunctions]);
    await may.send(new CreateFunctionCommand({ ...FUNCTION, FunctionName: 'passed', Code }));
    const refused = {
      name: 'AccessDeniedException',
      message: expect.stringMatching(/is not authorized to perform: iam:PassRole on resource: .*:role\/worker/),
    };
    const other = { ...FUNCTION, FunctionName: 'refused', Code };
    await expect(mayNot.send(new CreateFunctionCommand(other))).rejects.toMatchObject(refused);
    const change = { FunctionName: 'passed', Role: FUNCTION.Role };
    await expect(mayNot.send(new UpdateFunctionConfigurationCommand(change))).rejects.toMatchObject(refused);
    may.destroy();
    mayNot.destroy();
  });

  it('must be allowed to read the object with its code', async () => {
    const client = await clientOf('no-code', [onFunctions, allow('iam:PassRole', '*')]);
    const { gateway } = running;
    const administrator = gateway.identify('test');
    await gateway.call(administrator, 's3', 'CreateBucket', { Bucket: 'code' });
    const input = { ...FUNCTION, FunctionName: 'from-s3', Code: { S3Bucket: 'code', S3Key: 'a.zip' } };
    await expect(client.send(new CreateFunctionCommand(input))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining('permission to GetObject for code/a.zip'),
    });
    client.destroy();
  });
});
