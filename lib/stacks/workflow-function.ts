import path from 'node:path';
import { Duration } from 'aws-cdk-lib';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { TaskFunction } from '../constructs/task-function';
import type { StageSettings } from '../stages/stage-settings';

/** The root of the project, from which files are named. */
export const PROJECT_ROOT = path.resolve(__dirname, '../..');

/** What differs between the functions of a workflow. */
export interface WorkflowFunctionProps {
  /** The file in lambdas/SERVICE/handlers, without its extension. */
  readonly handler: string;
  readonly description: string;
  readonly environment: Readonly<Record<string, string>>;
  /** @default 15 seconds */
  readonly timeout?: Duration;
  /** @default - that of every function */
  readonly memoryMegabytes?: number;
  /** @default - that of every function */
  readonly bundleLimitBytes?: number;
}

/** Makes a function of a workflow, with what all functions share. `service` is its folder in lambdas, and its name in metrics. */
export function workflowFunction(
  scope: Construct,
  id: string,
  service: 'orders' | 'approvals' | 'ingestion' | 'fan-out' | 'quotes' | 'observability',
  settings: StageSettings,
  props: WorkflowFunctionProps,
): TaskFunction {
  return new TaskFunction(scope, id, {
    entry: path.join(PROJECT_ROOT, 'lambdas', service, 'handlers', `${props.handler}.ts`),
    description: props.description,
    timeout: props.timeout ?? Duration.seconds(15),
    logRetention: settings.logRetentionDays as RetentionDays,
    memoryMegabytes: props.memoryMegabytes,
    bundleLimitBytes: props.bundleLimitBytes,
    environment: {
      STAGE: settings.name,
      POWERTOOLS_SERVICE_NAME: service,
      POWERTOOLS_METRICS_NAMESPACE: 'Stepwright',
      POWERTOOLS_LOG_LEVEL: 'INFO',
      ...props.environment,
    },
  });
}
