import { createCloudFormationService } from '../../local/services/cloudformation/router';
import { createIamServices, type IamServices } from '../../local/services/iam/router';
import { createSqsService } from '../../local/services/sqs/router';
import { type RunningGateway, startGateway } from '../support/embedded';

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

let running: RunningGateway;
let identities: IamServices;

beforeAll(async () => {
  running = await startGateway((host) => {
    identities = createIamServices(host);
    const cloudFormation = createCloudFormationService(host, () => running.gateway.registered);
    return [identities.iam, identities.sts, cloudFormation, createSqsService(host)];
  });
  const { gateway } = running;
  gateway.useAuthorizer(identities.authorizer);
  const TemplateBody = JSON.stringify({ Resources: { PlaceOrderRole: ROLE } });
  const input = { StackName: 'shop', TemplateBody, Capabilities: ['CAPABILITY_NAMED_IAM'] };
  await gateway.call(gateway.identify('test'), 'cloudformation', 'CreateStack', input);
});

afterAll(() => running.close());

/** Sends a request as a key, and gives what the log says of it. */
async function asked(accessKeyId: string, target: string): Promise<string[]> {
  const scope = `${accessKeyId}/20260101/us-east-1/sqs/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
  const headers = { 'x-amz-target': target, authorization };
  const answer = await fetch(running.url, { method: 'POST', body: '{}', headers });
  expect(answer.status).toBe(400);
  const action = target.split('.')[1]!;
  const told = () => running.warnings.filter((line) => line.includes(action));
  while (told().length === 0) await new Promise<void>((resolve) => setImmediate(resolve));
  return told();
}

describe('the log says who asked for an operation that is not emulated', () => {
  it('with the resource and the stack that the role belongs to', async () => {
    const { authorizer } = identities;
    const arn = 'arn:aws:iam::000000000000:role/place-order';
    const { accessKeyId } = authorizer.credentialsOf(
      authorizer.assumeRole(arn, 'lambda.amazonaws.com', 'place-order-f'),
    );
    expect(await asked(accessKeyId, 'AmazonSQS.Levitate')).toEqual([
      'sqs: operation Levitate is not emulated, called by arn:aws:sts::000000000000:assumed-role/place-order/place-order-f (resource PlaceOrderRole of stack shop)',
    ]);
  });

  it('with the user at the keyboard', async () => {
    expect(await asked('test', 'AmazonSQS.Vanish')).toEqual([
      'sqs: operation Vanish is not emulated, called by arn:aws:iam::000000000000:user/local',
    ]);
  });
});
