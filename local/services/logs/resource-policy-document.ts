import type { LogsStore } from './store';

/**
 * The account's resource policies as one. Log delivery of API Gateway and Step Functions adds its own statement on AWS when
 * logging is switched on, so `delivery.logs.amazonaws.com` is admitted here from the start.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
 */
export function accountPolicy(store: LogsStore): object {
  const statements = store.listResourcePolicies().flatMap((document) => {
    const { Statement = [] } = document as { Statement?: object | object[] };
    return Array.isArray(Statement) ? Statement : [Statement];
  });
  const delivery = {
    Sid: 'AWSLogDeliveryWrite',
    Effect: 'Allow',
    Principal: { Service: 'delivery.logs.amazonaws.com' },
    Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
    Resource: '*',
  };
  return { Version: '2012-10-17', Statement: [delivery, ...statements] };
}
