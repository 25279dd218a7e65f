import { optimizedFault, sdkFault } from '../../../local/services/stepfunctions/integrations/service-error';
import { AwsError } from '../../../local/wire/aws-error';

const SQS = { prefix: 'Sqs', generic: 'SqsException', serviceName: 'Sqs' };
const DYNAMODB = { prefix: 'DynamoDB', generic: 'AmazonDynamoDBException', serviceName: 'AmazonDynamoDBv2' };

describe('names and causes of service errors', () => {
  it.each([
    ['QueueDoesNotExist', 'Sqs.QueueDoesNotExistException'],
    ['OverLimit', 'Sqs.OverLimitException'],
    ['AccessDenied', 'Sqs.SqsException'],
    ['MissingParameter', 'Sqs.SqsException'],
  ])('%s becomes %s', (code, error) => {
    expect(sdkFault(new AwsError(code, 'm'), SQS, 'r').error).toBe(error);
  });

  it('words the cause of an SDK integration as the SDK for Java 2 does', () => {
    const fault = sdkFault(new AwsError('QueueDoesNotExist', 'No queue.', 400), SQS, 'id-1');
    expect(fault.cause).toBe('No queue. (Service: Sqs, Status Code: 400, Request ID: id-1) (SDK Attempt Count: 1)');
  });

  it('words the cause of an optimized integration as the SDK for Java 1 does', () => {
    const error = new AwsError('ConditionalCheckFailedException', 'The conditional request failed');
    expect(optimizedFault(error, DYNAMODB, 'id-1')).toMatchObject({
      error: 'DynamoDB.ConditionalCheckFailedException',
      cause:
        'The conditional request failed (Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ConditionalCheckFailedException; Request ID: id-1; Proxy: null)',
    });
  });

  it('fails with the defect itself when it is none of a service', () => {
    expect(() => sdkFault(new TypeError('defect'), SQS, 'r')).toThrow('defect');
  });
});
