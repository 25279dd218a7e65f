import type { Json } from '../../../engine/contract';
import { type Integration, machineOf, objectParameters, TaskFault, textOf } from './integration';
import { optimizedIntegration } from './optimized';

const putEvents = optimizedIntegration({
  hostService: 'events',
  actions: ['putEvents'],
  naming: { prefix: 'EventBridge', generic: 'AmazonEventBridgeException', serviceName: 'AmazonEventBridge' },
  contentType: 'application/x-amz-json-1.1',
  // One refused entry fails the task, with the whole answer as its cause.
  check(output) {
    if (Number(output.FailedEntryCount ?? 0) > 0)
      throw new TaskFault('EventBridge.FailedEntry', JSON.stringify(output));
  },
});

/**
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-eventbridge.html
 * The integration serialises each Detail and adds the execution and the machine to Resources.
 */
export const events: Integration = (call) => {
  const parameters = objectParameters(call);
  const entries = Array.isArray(parameters.Entries) ? parameters.Entries : [];
  return putEvents({
    ...call,
    parameters: { ...parameters, Entries: entries.map((entry) => withDetail(entry, call.executionArn)) },
  });
};

function withDetail(entry: Json, executionArn: string): Json {
  if (entry === null || typeof entry !== 'object' || Array.isArray(entry)) return entry;
  const detail = textOf(entry.Detail);
  const resources = Array.isArray(entry.Resources) ? entry.Resources : [];
  const own = [executionArn, machineOf(executionArn)].filter((arn) => !resources.includes(arn));
  return { ...entry, ...(detail === undefined ? {} : { Detail: detail }), Resources: [...resources, ...own] };
}
