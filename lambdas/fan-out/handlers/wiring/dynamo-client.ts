import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { clientSettings } from '../../../shared/aws/client-settings';

/** The one DynamoDB client of a function; made once per execution environment. */
export const dynamoClient = new DynamoDBClient(clientSettings());
