import { AwsError } from '../../../../wire/aws-error';
import { type TaskCall, TaskFault } from '../integration';

/** A parameter that a connection adds to every request. */
export interface ConnectionParameter {
  readonly Key: string;
  readonly Value: string;
}

/** What EventBridge keeps of a connection, its secrets in clear. */
export interface ConnectionSecret {
  readonly AuthorizationType: 'API_KEY' | 'BASIC';
  readonly AuthParameters: {
    readonly ApiKeyAuthParameters?: { readonly ApiKeyName: string; readonly ApiKeyValue: string };
    readonly BasicAuthParameters?: { readonly Username: string; readonly Password: string };
    readonly InvocationHttpParameters?: {
      readonly HeaderParameters?: readonly ConnectionParameter[];
      readonly QueryStringParameters?: readonly ConnectionParameter[];
      readonly BodyParameters?: readonly ConnectionParameter[];
    };
  };
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/call-https-apis.html#connect-http-task-errors */
const ERRORS: Readonly<Record<string, string>> = {
  AccessDeniedException: 'AccessDenied',
  ResourceNotFoundException: 'ResourceNotFound',
};

/** Reads a connection as the task's role; throws TaskFault `Events.ConnectionResource.…`. */
export async function connectionSecret(call: TaskCall, connectionArn: string): Promise<ConnectionSecret> {
  try {
    return await call.host.call(call.caller, 'events', 'RetrieveConnectionCredentials', {
      ConnectionArn: connectionArn,
    });
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new TaskFault(`Events.ConnectionResource.${ERRORS[error.code] ?? 'InternalError'}`, error.message);
  }
}

/** The header that authorizes, by the connection. */
export function authorizationHeader({ AuthorizationType, AuthParameters }: ConnectionSecret): [string, string] {
  if (AuthorizationType === 'API_KEY') {
    const { ApiKeyName, ApiKeyValue } = AuthParameters.ApiKeyAuthParameters!;
    return [ApiKeyName, ApiKeyValue];
  }
  const { Username, Password } = AuthParameters.BasicAuthParameters!;
  return ['Authorization', `Basic ${Buffer.from(`${Username}:${Password}`).toString('base64')}`];
}
