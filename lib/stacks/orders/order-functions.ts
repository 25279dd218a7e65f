import path from 'node:path';
import { Duration } from 'aws-cdk-lib';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { TaskFunction } from '../../constructs/task-function';
import type { StageSettings } from '../../stages/stage-settings';

/** The root of the project, from which files are named. */
export const PROJECT_ROOT = path.resolve(__dirname, '../../..');

/** What differs between the functions of the orders workflow. */
export interface OrderFunctionProps {
  /** The file in lambdas/orders/handlers, without its extension. */
  readonly handler: string;
  readonly description: string;
  readonly environment: Readonly<Record<string, string>>;
  /** @default 15 seconds */
  readonly timeout?: Duration;
  /** @default - that of every function */
  readonly bundleLimitBytes?: number;
}

/** Makes a function of the orders workflow, with what all of them share. */
export function orderFunction(scope: Construct, id: string, settings: StageSettings, props: OrderFunctionProps) {
  return new TaskFunction(scope, id, {
    entry: path.join(PROJECT_ROOT, 'lambdas/orders/handlers', `${props.handler}.ts`),
    description: props.description,
    timeout: props.timeout ?? Duration.seconds(15),
    logRetention: settings.logRetentionDays as RetentionDays,
    bundleLimitBytes: props.bundleLimitBytes,
    environment: {
      STAGE: settings.name,
      POWERTOOLS_SERVICE_NAME: 'orders',
      POWERTOOLS_METRICS_NAMESPACE: 'Stepwright',
      POWERTOOLS_LOG_LEVEL: 'INFO',
      ...props.environment,
    },
  });
}
