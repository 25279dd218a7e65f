import { BedrockRuntimeClient, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { type EmbeddedAws, startEmbeddedAws } from '../../local/embedded-aws';
import { SeededRandom } from '../../local/kernel/random';
import { SimulatedClock } from '../../local/kernel/simulated-clock';

const ROLE_ARN = 'arn:aws:iam::000000000000:role/embedder';
const MODELS = 'arn:aws:bedrock:us-east-1::foundation-model';
const TITAN = 'amazon.titan-embed-text-v2:0';

let aws: EmbeddedAws;
afterEach(() => aws.stop());

/** Invokes the model as a role that may invoke `granted`. */
async function invokeAs(granted: string, requestsPerSecond?: number) {
  const kernel = { clock: new SimulatedClock(), random: new SeededRandom('bedrock') };
  aws = await startEmbeddedAws({ port: 0, kernel, bedrockRequestsPerSecond: requestsPerSecond, warn: () => undefined });
  const statement = { Effect: 'Allow', Action: 'bedrock:InvokeModel', Resource: granted };
  const template = {
    Resources: {
      Role: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: 'embedder',
          AssumeRolePolicyDocument: {
            Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
          },
          Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: [statement] } }],
        },
      },
    },
  };
  await (await aws.cloudFormation.createStack({ stackName: 'stack', template: template as never })).done;
  const credentials = aws.gateway.credentialsOf(aws.gateway.assumeRole(ROLE_ARN, 'lambda.amazonaws.com', 'session'));
  const client = new BedrockRuntimeClient({ endpoint: aws.url, region: aws.region, credentials, maxAttempts: 1 });
  const invoke = () => client.send(new InvokeModelCommand({ modelId: TITAN, body: '{"inputText":"a"}' }));
  return { invoke, done: () => client.destroy() };
}

it('lets a role invoke the foundation models that it is granted', async () => {
  const { invoke, done } = await invokeAs(`${MODELS}/${TITAN}`, 1);
  expect((await invoke()).contentType).toBe('application/json');
  await expect(invoke()).rejects.toMatchObject({ name: 'ThrottlingException' });
  done();
});

it('rejects a role that is granted another model', async () => {
  const { invoke, done } = await invokeAs(`${MODELS}/amazon.titan-embed-text-v1`);
  await expect(invoke()).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining(`not authorized to perform: bedrock:InvokeModel on resource: ${MODELS}/${TITAN}`),
    $metadata: expect.objectContaining({ httpStatusCode: 403 }),
  });
  done();
});
