import { optimizedIntegration } from './optimized';

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-ddb.html */
export const dynamodb = optimizedIntegration({
  hostService: 'dynamodb',
  actions: ['getItem', 'putItem', 'updateItem', 'deleteItem'],
  naming: { prefix: 'DynamoDB', generic: 'AmazonDynamoDBException', serviceName: 'AmazonDynamoDBv2' },
  contentType: 'application/x-amz-json-1.0',
  headers: { Server: 'Server', 'x-amz-crc32': '0' },
});
