import type { RestRequest, RestRoute } from '../../wire/service';
import type { InvokeInput, InvokeOutput } from './actions/invoke';

const FUNCTIONS = '/2015-03-31/functions';
const FUNCTION = `${FUNCTIONS}/{FunctionName}`;
const MAPPINGS = '/2015-03-31/event-source-mappings';
const INVOKE_CONFIG = '/2019-09-25/functions/{FunctionName}/event-invoke-config';

const TAGS = '/2017-03-31/tags/{Resource}';

/** The REST-JSON routes of the Lambda API. */
export const lambdaRoutes: readonly RestRoute[] = [
  { method: 'POST', path: `${FUNCTION}/invocations`, action: 'Invoke', read: readInvoke, write: writeInvoke },
  { method: 'POST', path: FUNCTIONS, action: 'CreateFunction', write: created },
  { method: 'PUT', path: `${FUNCTION}/code`, action: 'UpdateFunctionCode' },
  { method: 'GET', path: FUNCTION, action: 'GetFunction' },
  { method: 'DELETE', path: FUNCTION, action: 'DeleteFunction' },
  { method: 'GET', path: FUNCTIONS, action: 'ListFunctions' },
  { method: 'GET', path: `${FUNCTION}/configuration`, action: 'GetFunctionConfiguration' },
  { method: 'PUT', path: `${FUNCTION}/configuration`, action: 'UpdateFunctionConfiguration' },
  { method: 'POST', path: `${FUNCTION}/versions`, action: 'PublishVersion', write: created },
  { method: 'GET', path: `${FUNCTION}/versions`, action: 'ListVersionsByFunction' },
  { method: 'GET', path: `${FUNCTION}/aliases`, action: 'ListAliases' },
  { method: 'POST', path: `${FUNCTION}/aliases`, action: 'CreateAlias', write: created },
  { method: 'GET', path: `${FUNCTION}/aliases/{Name}`, action: 'GetAlias' },
  { method: 'PUT', path: `${FUNCTION}/aliases/{Name}`, action: 'UpdateAlias' },
  { method: 'DELETE', path: `${FUNCTION}/aliases/{Name}`, action: 'DeleteAlias' },
  { method: 'POST', path: `${FUNCTION}/policy`, action: 'AddPermission', write: created },
  { method: 'GET', path: `${FUNCTION}/policy`, action: 'GetPolicy' },
  { method: 'DELETE', path: `${FUNCTION}/policy/{StatementId}`, action: 'RemovePermission' },
  {
    method: 'PUT',
    path: '/2017-10-31/functions/{FunctionName}/concurrency',
    action: 'PutFunctionConcurrency',
  },
  {
    method: 'DELETE',
    path: '/2017-10-31/functions/{FunctionName}/concurrency',
    action: 'DeleteFunctionConcurrency',
  },
  {
    method: 'GET',
    path: '/2019-09-30/functions/{FunctionName}/concurrency',
    action: 'GetFunctionConcurrency',
  },
  { method: 'PUT', path: INVOKE_CONFIG, action: 'PutFunctionEventInvokeConfig' },
  { method: 'POST', path: INVOKE_CONFIG, action: 'UpdateFunctionEventInvokeConfig' },
  { method: 'GET', path: `${INVOKE_CONFIG}/list`, action: 'ListFunctionEventInvokeConfigs' },
  { method: 'GET', path: INVOKE_CONFIG, action: 'GetFunctionEventInvokeConfig' },
  { method: 'DELETE', path: INVOKE_CONFIG, action: 'DeleteFunctionEventInvokeConfig' },
  { method: 'POST', path: MAPPINGS, action: 'CreateEventSourceMapping', write: accepted },
  { method: 'GET', path: MAPPINGS, action: 'ListEventSourceMappings' },
  { method: 'GET', path: `${MAPPINGS}/{UUID}`, action: 'GetEventSourceMapping' },
  { method: 'PUT', path: `${MAPPINGS}/{UUID}`, action: 'UpdateEventSourceMapping', write: accepted },
  { method: 'DELETE', path: `${MAPPINGS}/{UUID}`, action: 'DeleteEventSourceMapping', write: accepted },
  { method: 'GET', path: '/2016-08-19/account-settings', action: 'GetAccountSettings' },
  { method: 'GET', path: TAGS, action: 'ListTags' },
  { method: 'POST', path: TAGS, action: 'TagResource' },
  { method: 'DELETE', path: TAGS, action: 'UntagResource', read: readUntag },
];

function readInvoke({ path, query, headers, body }: RestRequest): InvokeInput {
  return {
    FunctionName: path.FunctionName!,
    Qualifier: query.get('Qualifier') ?? undefined,
    InvocationType: headers['x-amz-invocation-type'] as InvokeInput['InvocationType'],
    LogType: headers['x-amz-log-type'] as InvokeInput['LogType'],
    ClientContext: headers['x-amz-client-context'],
    Payload: body,
  };
}

function readUntag({ path, query }: RestRequest) {
  return { Resource: path.Resource, TagKeys: query.getAll('tagKeys') };
}

function writeInvoke(output: InvokeOutput) {
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (output.FunctionError) headers['x-amz-function-error'] = output.FunctionError;
  if (output.LogResult !== undefined) headers['x-amz-log-result'] = output.LogResult;
  if (output.ExecutedVersion) headers['x-amz-executed-version'] = output.ExecutedVersion;
  return { statusCode: output.StatusCode, headers, body: output.Payload };
}

function withStatus(statusCode: number) {
  return (output: unknown) => ({
    statusCode,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(output),
  });
}

function created(output: unknown) {
  return withStatus(201)(output);
}

function accepted(output: unknown) {
  return withStatus(202)(output);
}
