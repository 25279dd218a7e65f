import type { Construct } from 'constructs';
import type { TaskFunction } from '../../constructs/task-function';
import type { StageSettings } from '../../stages/stage-settings';
import { type WorkflowFunctionProps, workflowFunction } from '../workflow-function';

/** Makes a function of the fan-out. */
export function fanOutFunction(
  scope: Construct,
  id: string,
  settings: StageSettings,
  props: WorkflowFunctionProps,
): TaskFunction {
  return workflowFunction(scope, id, 'fan-out', settings, props);
}
