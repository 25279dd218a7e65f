import { AwsError } from '../../wire/aws-error';
import type { Caller } from '../../wire/caller';
import type { Refusal } from './decide';

/** Services of the query and REST-XML protocols: `AccessDenied`, 403. */
const XML_SERVICES = new Set(['cloudformation', 'iam', 's3', 'sts']);

/** Services of the REST-JSON protocol: `AccessDeniedException`, 403. JSON services answer 400. */
const REST_JSON_SERVICES = new Set([
  ...[
    'apigateway',
    'bedrock',
    'bedrock-runtime',
    'execute-api',
    'lambda',
    'pipes',
    's3vectors',
    'scheduler',
    'ses',
    'xray',
  ],
]);

/**
 * AWS's refusal.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html#access-denied-message-examples
 */
export function accessDenied(
  caller: Caller,
  service: string,
  action: string,
  resource: string,
  refusal: Refusal,
): AwsError {
  const who = caller.kind === 'service' ? caller.principal : caller.arn;
  // SQS alone writes its actions in lower case, SNS alone its name in capitals.
  const shown = service === 'sqs' ? action.toLowerCase() : service === 'sns' ? action.replace('sns:', 'SNS:') : action;
  // S3 alone writes resources in quotes.
  const named = service === 's3' ? `"${resource}"` : resource;
  const refused = `User: ${who} is not authorized to perform: ${shown} on resource: ${named}`;
  const message = `${refused}${reason(shown, refusal)}`;
  // SES writes its refusals of a sender in a form of its own, and gives no reason.
  if (action.startsWith('ses:Send')) {
    const words = `User \`${who}' is not authorized to perform \`${action}' on resource \`${resource}'`;
    return new AwsError('AccessDeniedException', words, 403);
  }
  if (service === 'sqs') return new AwsError('AccessDeniedException', message, 403, { queryErrorCode: 'AccessDenied' });
  if (service === 'sns') return new AwsError('AuthorizationError', message, 403);
  if (XML_SERVICES.has(service)) return new AwsError('AccessDenied', message, 403);
  return new AwsError('AccessDeniedException', message, REST_JSON_SERVICES.has(service) ? 403 : 400);
}

function reason(action: string, { kind, policy }: Refusal): string {
  if (kind === 'explicit') return ` with an explicit deny in ${policy}`;
  // STS does not tell whose policy is silent: that would tell a stranger about the role.
  return action === 'sts:AssumeRole' ? '' : ` because no ${policy} allows the ${action} action`;
}
