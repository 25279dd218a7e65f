import { createIamServices } from '../../local/services/iam/router';
import { createKmsService } from '../../local/services/kms/router';
import type { Gateway } from '../../local/wire/gateway';
import { policy } from '../support/kms-account';
import { createResource } from '../unit/lambda/inline-function';
import { type SimulatedLambda, startSimulatedLambda } from '../unit/lambda/simulated-lambda';

let aws: SimulatedLambda;
beforeEach(async () => {
  aws = await startSimulatedLambda((host) => {
    const { iam, sts, authorizer } = createIamServices(host);
    (host as Gateway).useAuthorizer(authorizer);
    return [iam, sts, createKmsService(host)];
  });
});
afterEach(() => aws.close());

describe('an event source mapping from a queue with a KMS key', () => {
  it.each([true, false])('needs kms:Decrypt of the function (granted: %s)', async (isGranted) => {
    const trust = policy({
      Effect: 'Allow',
      Action: 'sts:AssumeRole',
      Principal: { Service: 'lambda.amazonaws.com' },
    });
    const Action = ['sqs:*', 'logs:*', ...(isGranted ? ['kms:Decrypt'] : [])];
    const PolicyDocument = policy({ Effect: 'Allow', Action, Resource: '*' });
    await createResource(aws.running.gateway.serviceByName('iam')!, 'AWS::IAM::Role', {
      RoleName: 'test',
      AssumeRolePolicyDocument: trust,
      Policies: [{ PolicyName: 'own', PolicyDocument }],
    });
    await aws.recorder('consumer');
    const { KeyMetadata } = await aws.call('kms', 'CreateKey', {});
    const Attributes = { KmsMasterKeyId: KeyMetadata.KeyId };
    const { QueueUrl } = await aws.call('sqs', 'CreateQueue', { QueueName: 'orders', Attributes });
    const EventSourceArn = 'arn:aws:sqs:us-east-1:000000000000:orders';
    await aws.call('lambda', 'CreateEventSourceMapping', { FunctionName: 'consumer', EventSourceArn });
    await aws.call('sqs', 'SendMessage', { QueueUrl, MessageBody: 'hello' });
    await aws.turn(5000);
    const bodies = (await aws.recorded('consumer')).flatMap(({ Records }) => Records.map(({ body }: any) => body));
    expect(bodies).toEqual(isGranted ? ['hello'] : []);
    expect(aws.running.warnings.join('\n').includes('kms:Decrypt')).toBe(!isGranted);
  });
});
