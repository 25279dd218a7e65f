import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda';
import type { ApiEvent } from '../../shared/http/api-answer';
import type { Invocation } from '../../shared/invocation';
import type { createReceiveWebhook } from '../domain/receive-webhook';

/** `POST /webhook` of the built-in receiver, for anybody who can sign. */
export function createReceiverApi(receive: ReturnType<typeof createReceiveWebhook>) {
  return async (event: ApiEvent, _invocation: Invocation): Promise<APIGatewayProxyStructuredResultV2> => {
    const body = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8').toString('utf8');
    const { statusCode, headers } = await receive(event.headers, body);
    return { statusCode, headers: { ...headers } };
  };
}
