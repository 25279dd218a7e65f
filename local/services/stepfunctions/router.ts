import type { Host } from '../../wire/host';
import type { Service } from '../../wire/service';
import { createActivity } from './actions/create-activity';
import { createStateMachine } from './actions/create-state-machine';
import { createStateMachineAlias } from './actions/create-state-machine-alias';
import { deleteActivity } from './actions/delete-activity';
import { deleteStateMachine } from './actions/delete-state-machine';
import { deleteStateMachineAlias } from './actions/delete-state-machine-alias';
import { deleteStateMachineVersion } from './actions/delete-state-machine-version';
import { describeActivity } from './actions/describe-activity';
import { describeExecution } from './actions/describe-execution';
import { describeMapRun } from './actions/describe-map-run';
import { describeStateMachine } from './actions/describe-state-machine';
import { describeStateMachineAlias } from './actions/describe-state-machine-alias';
import { describeStateMachineForExecution } from './actions/describe-state-machine-for-execution';
import { getActivityTask } from './actions/get-activity-task';
import { getExecutionHistory } from './actions/get-execution-history';
import { listActivities } from './actions/list-activities';
import { listExecutions } from './actions/list-executions';
import { listMapRuns } from './actions/list-map-runs';
import { listStateMachineAliases } from './actions/list-state-machine-aliases';
import { listStateMachineVersions } from './actions/list-state-machine-versions';
import { listStateMachines } from './actions/list-state-machines';
import { listTagsForResource } from './actions/list-tags-for-resource';
import { publishStateMachineVersion } from './actions/publish-state-machine-version';
import { redriveExecution } from './actions/redrive-execution';
import { sendTaskFailure } from './actions/send-task-failure';
import { sendTaskHeartbeat } from './actions/send-task-heartbeat';
import { sendTaskSuccess } from './actions/send-task-success';
import { startExecution } from './actions/start-execution';
import { startSyncExecution } from './actions/start-sync-execution';
import { stopExecution } from './actions/stop-execution';
import { tagResource } from './actions/tag-resource';
import { testState } from './actions/test-state';
import { untagResource } from './actions/untag-resource';
import { updateMapRun } from './actions/update-map-run';
import { updateStateMachine } from './actions/update-state-machine';
import { updateStateMachineAlias } from './actions/update-state-machine-alias';
import { validateStateMachineDefinition } from './actions/validate-state-machine-definition';
import { ActivityDesk } from './activity-desk';
import { ArnMaker } from './arn';
import type { ServiceContext } from './context';
import { Driver } from './driver';
import { ExecutionEncryption } from './execution-encryption';
import { ExecutionLog } from './execution-log';
import { ExecutionMetrics } from './execution-metrics';
import { ExpressBilling } from './express-billing';
import { MapRunRunner } from './map-run/map-run-runner';
import { Pager } from './page';
import { stepFunctionsResources } from './resources';
import { StatusEvents } from './status-events';
import { StepFunctionsStore } from './store';
import { TaskCaller } from './task-caller';
import { TaskRunner } from './task-runner';
import { ExecutionTraces } from './tracing/execution-traces';

const SECRET_BYTES = 32;

/** How the service is set up. */
export interface StepFunctionsOptions {
  /** Hosts beyond this machine that HTTP Tasks may call (`api.example.com`). @default none */
  readonly reachableHosts?: readonly string[];
}

/** The embedded Step Functions: the API `AWSStepFunctions` over the engine of local/engine. */
export function createStepFunctionsService(host: Host, options: StepFunctionsOptions = {}): Service {
  const store = new StepFunctionsStore(host.journal, () => host.kernel.random.bytes(SECRET_BYTES));
  const driver = new Driver(host, store);
  const activities = new ActivityDesk(host, store, driver);
  const tasks = new TaskCaller(
    host,
    (executionArn, signal) => awaitEnd(driver, executionArn, signal),
    options.reachableHosts ?? [],
  );
  const encryption = new ExecutionEncryption(host);
  const traces = new ExecutionTraces(host);
  driver.tasks = new TaskRunner(host, driver, activities, tasks, encryption, traces);
  const billing = new ExpressBilling(host);
  const log = new ExecutionLog(host, encryption);
  driver.observers.push(new StatusEvents(host), log, new ExecutionMetrics(host), billing, traces);
  const arns = new ArnMaker(host.region, host.accountId);
  driver.mapRuns = new MapRunRunner(host, store, driver, arns);
  const context: ServiceContext = {
    host,
    store,
    driver,
    activities,
    encryption,
    billing,
    traces,
    arns,
    pager: new Pager(store.tokenSecret),
  };
  return {
    name: 'states',
    protocols: [{ kind: 'json', version: '1.0', target: 'AWSStepFunctions' }],
    actions: {
      CreateActivity: createActivity(context),
      CreateStateMachine: createStateMachine(context),
      CreateStateMachineAlias: createStateMachineAlias(context),
      DeleteActivity: deleteActivity(context),
      DeleteStateMachine: deleteStateMachine(context),
      DeleteStateMachineAlias: deleteStateMachineAlias(context),
      DeleteStateMachineVersion: deleteStateMachineVersion(context),
      DescribeActivity: describeActivity(context),
      DescribeExecution: describeExecution(context),
      DescribeMapRun: describeMapRun(context),
      DescribeStateMachine: describeStateMachine(context),
      DescribeStateMachineAlias: describeStateMachineAlias(context),
      DescribeStateMachineForExecution: describeStateMachineForExecution(context),
      GetActivityTask: getActivityTask(context),
      GetExecutionHistory: getExecutionHistory(context),
      ListActivities: listActivities(context),
      ListExecutions: listExecutions(context),
      ListMapRuns: listMapRuns(context),
      ListStateMachineAliases: listStateMachineAliases(context),
      ListStateMachines: listStateMachines(context),
      ListStateMachineVersions: listStateMachineVersions(context),
      ListTagsForResource: listTagsForResource(context),
      PublishStateMachineVersion: publishStateMachineVersion(context),
      RedriveExecution: redriveExecution(context),
      SendTaskFailure: sendTaskFailure(context),
      SendTaskHeartbeat: sendTaskHeartbeat(context),
      SendTaskSuccess: sendTaskSuccess(context),
      StartExecution: startExecution(context),
      StartSyncExecution: startSyncExecution(context),
      StopExecution: stopExecution(context),
      TagResource: tagResource(context),
      TestState: testState(context, tasks),
      UntagResource: untagResource(context),
      UpdateMapRun: updateMapRun(context),
      UpdateStateMachine: updateStateMachine(context),
      UpdateStateMachineAlias: updateStateMachineAlias(context),
      ValidateStateMachineDefinition: validateStateMachineDefinition(),
    },
    resources: stepFunctionsResources(context),
    resume: () => driver.resume(),
    async stop() {
      activities.close();
      driver.release();
      await log.flush();
    },
  };
}

/** Settles at the end of an execution, or rejects when nobody waits for it any more. */
async function awaitEnd(driver: Driver, executionArn: string, signal: AbortSignal): Promise<void> {
  await Promise.race([
    driver.ended(executionArn),
    new Promise<void>((_, reject) => {
      signal.addEventListener('abort', () => reject(new Error('the task was given up')), { once: true });
    }),
  ]);
}
