import { optimizedIntegration } from './optimized';

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-sns.html */
export const sns = optimizedIntegration({
  hostService: 'sns',
  actions: ['publish'],
  naming: { prefix: 'SNS', generic: 'AmazonSNSException', serviceName: 'AmazonSNS' },
  contentType: 'text/xml',
  isTraced: true,
  textMembers: ['Message'],
});
