import type { Construct } from 'constructs';
import type { TaskFunction } from '../../constructs/task-function';
import type { StageSettings } from '../../stages/stage-settings';
import { type WorkflowFunctionProps, workflowFunction } from '../workflow-function';

/** What a function with the package of Stripe may weigh: it holds every resource of its API, and cannot be shaken. */
export const STRIPE_BUNDLE_LIMIT_BYTES = 625_000;

/** Makes a function of the orders workflow. */
export function orderFunction(
  scope: Construct,
  id: string,
  settings: StageSettings,
  props: WorkflowFunctionProps,
): TaskFunction {
  return workflowFunction(scope, id, 'orders', settings, props);
}
