import type { Construct } from 'constructs';
import type { TaskFunction } from '../../constructs/task-function';
import type { StageSettings } from '../../stages/stage-settings';
import { type WorkflowFunctionProps, workflowFunction } from '../workflow-function';

/** Makes a function of ingestion. */
export function ingestionFunction(
  scope: Construct,
  id: string,
  settings: StageSettings,
  props: WorkflowFunctionProps,
): TaskFunction {
  return workflowFunction(scope, id, 'ingestion', settings, props);
}
