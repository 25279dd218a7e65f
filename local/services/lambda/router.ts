import type { Host } from '../../wire/host';
import type { Action, Service } from '../../wire/service';
import { addPermission } from './actions/add-permission';
import { createAlias } from './actions/create-alias';
import { createEventSourceMapping } from './actions/create-event-source-mapping';
import { createFunction } from './actions/create-function';
import { deleteAlias } from './actions/delete-alias';
import { deleteEventSourceMapping } from './actions/delete-event-source-mapping';
import { deleteFunction } from './actions/delete-function';
import { deleteFunctionConcurrency } from './actions/delete-function-concurrency';
import { deleteFunctionEventInvokeConfig } from './actions/delete-function-event-invoke-config';
import { getAccountSettings } from './actions/get-account-settings';
import { getAlias } from './actions/get-alias';
import { getEventSourceMapping } from './actions/get-event-source-mapping';
import { getFunction } from './actions/get-function';
import { getFunctionConcurrency } from './actions/get-function-concurrency';
import { getFunctionConfiguration } from './actions/get-function-configuration';
import { getFunctionEventInvokeConfig } from './actions/get-function-event-invoke-config';
import { getPolicy } from './actions/get-policy';
import { invoke } from './actions/invoke';
import { listAliases } from './actions/list-aliases';
import { listEventSourceMappings } from './actions/list-event-source-mappings';
import { listFunctionEventInvokeConfigs } from './actions/list-function-event-invoke-configs';
import { listFunctions } from './actions/list-functions';
import { listTags } from './actions/list-tags';
import { listVersionsByFunction } from './actions/list-versions-by-function';
import { publishVersion } from './actions/publish-version';
import { putFunctionConcurrency } from './actions/put-function-concurrency';
import { putFunctionEventInvokeConfig } from './actions/put-function-event-invoke-config';
import { removePermission } from './actions/remove-permission';
import { tagResource } from './actions/tag-resource';
import { untagResource } from './actions/untag-resource';
import { updateAlias } from './actions/update-alias';
import { updateEventSourceMapping } from './actions/update-event-source-mapping';
import { updateFunctionCode } from './actions/update-function-code';
import { updateFunctionConfiguration } from './actions/update-function-configuration';
import { updateFunctionEventInvokeConfig } from './actions/update-function-event-invoke-config';
import { AsyncInvoker } from './asynchronous/async-invoker';
import { CodeFolders } from './execution/code-folders';
import { Invoker, type InvokerOptions } from './execution/invoker';
import { LogWriter } from './execution/log-writer';
import { readFunctionReference } from './function-arn';
import { functionPolicy } from './function-policy';
import type { ActionFactory, LambdaParts } from './lambda-parts';
import { MappingRunner } from './mappings/mapping-runner';
import { lambdaResources } from './resources';
import { lambdaRoutes } from './routes';
import { LambdaStore } from './store';

const ACTIONS: Record<string, ActionFactory> = {
  Invoke: invoke,
  GetFunction: getFunction,
  GetFunctionConfiguration: getFunctionConfiguration,
  ListFunctions: listFunctions,
  UpdateFunctionConfiguration: updateFunctionConfiguration,
  DeleteFunction: deleteFunction,
  PublishVersion: publishVersion,
  ListVersionsByFunction: listVersionsByFunction,
  GetAlias: getAlias,
  ListAliases: listAliases,
  AddPermission: addPermission,
  RemovePermission: removePermission,
  GetPolicy: getPolicy,
  PutFunctionConcurrency: putFunctionConcurrency,
  DeleteFunctionConcurrency: deleteFunctionConcurrency,
  PutFunctionEventInvokeConfig: putFunctionEventInvokeConfig,
  GetFunctionEventInvokeConfig: getFunctionEventInvokeConfig,
  DeleteFunctionEventInvokeConfig: deleteFunctionEventInvokeConfig,
  CreateEventSourceMapping: createEventSourceMapping,
  GetEventSourceMapping: getEventSourceMapping,
  ListEventSourceMappings: listEventSourceMappings,
  UpdateEventSourceMapping: updateEventSourceMapping,
  DeleteEventSourceMapping: deleteEventSourceMapping,
  ListTags: listTags,
  CreateAlias: createAlias,
  CreateFunction: createFunction,
  DeleteAlias: deleteAlias,
  GetAccountSettings: getAccountSettings,
  GetFunctionConcurrency: getFunctionConcurrency,
  ListFunctionEventInvokeConfigs: listFunctionEventInvokeConfigs,
  TagResource: tagResource,
  UntagResource: untagResource,
  UpdateAlias: updateAlias,
  UpdateFunctionCode: updateFunctionCode,
  UpdateFunctionEventInvokeConfig: updateFunctionEventInvokeConfig,
};

/** The embedded Lambda, and what a test needs of it. */
export interface LambdaService extends Service {
  /** Resolves once no function runs, or no more than `butFor`, which a test holds back: a simulated clock may be turned then. */
  whenIdle(butFor?: number): Promise<void>;
  /** Tells functions that run through a leap of the clock what time it is. */
  tellTime(): void;
  /** Writes log lines that wait for their batch. */
  flushLogs(): Promise<void>;
  /** Worker threads that exist now. */
  workerCount(): number;
}

/** Makes the embedded Lambda: functions in worker threads, asynchronous invocations, event source mappings. */
export function createLambdaService(host: Host, options: InvokerOptions = {}): LambdaService {
  const store = new LambdaStore(host);
  const logs = new LogWriter(host);
  const folders = new CodeFolders(store);
  const invoker = new Invoker(host, logs, folders, options);
  const asyncInvoker = new AsyncInvoker(host, store, invoker);
  const mappings = new MappingRunner();
  const parts: LambdaParts = { host, store, invoker, asyncInvoker, mappings };
  mappings.useParts(parts);
  const actions: Record<string, Action> = {};
  for (const [name, factory] of Object.entries(ACTIONS)) actions[name] = factory(parts);
  return {
    name: 'lambda',
    protocols: [{ kind: 'rest-json', routes: lambdaRoutes }],
    actions,
    resources: lambdaResources(parts),
    resourcePolicy(arn) {
      // An action may need more than functions: iam:PassRole is decided on a role.
      if (!/^arn:[a-z-]+:lambda:[^:]*:\d*:function:/.test(arn)) return undefined;
      const { functionName, qualifier } = readFunctionReference(arn);
      return store.hasFunction(functionName) ? functionPolicy(store.function(functionName), qualifier) : undefined;
    },
    whenIdle: (butFor) => invoker.whenIdle(butFor),
    tellTime: () => invoker.tellTime(),
    flushLogs: () => logs.flush(),
    workerCount: () => invoker.pool.size,
    resume() {
      mappings.resume();
      asyncInvoker.resume();
    },
    async stop() {
      mappings.stop();
      asyncInvoker.stop();
      invoker.pool.stop();
      await logs.flush();
      folders.remove();
    },
  };
}
