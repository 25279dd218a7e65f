import { optimizedIntegration } from './optimized';

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-sqs.html */
export const sqs = optimizedIntegration({
  hostService: 'sqs',
  actions: ['sendMessage'],
  naming: { prefix: 'SQS', generic: 'AmazonSQSException', serviceName: 'AmazonSQS' },
  contentType: 'application/x-amz-json-1.0',
  isTraced: true,
  textMembers: ['MessageBody'],
});
