import type { Construct } from 'constructs';
import type { TaskFunction } from '../../constructs/task-function';
import type { StageSettings } from '../../stages/stage-settings';
import { type WorkflowFunctionProps, workflowFunction } from '../workflow-function';

/** Makes a function of the quotes. */
export function quoteFunction(
  scope: Construct,
  id: string,
  settings: StageSettings,
  props: WorkflowFunctionProps,
): TaskFunction {
  return workflowFunction(scope, id, 'quotes', settings, props);
}
