import type { Construct } from 'constructs';
import type { TaskFunction } from '../../constructs/task-function';
import type { StageSettings } from '../../stages/stage-settings';
import { type WorkflowFunctionProps, workflowFunction } from '../workflow-function';

/** The client of S3 is as large as all others together. What has it beside two others is called by queues and machines: nobody waits for its cold start. */
export const S3_BUNDLE_LIMIT_BYTES = 550_000;

/** Makes a function of ingestion. */
export function ingestionFunction(
  scope: Construct,
  id: string,
  settings: StageSettings,
  props: WorkflowFunctionProps,
): TaskFunction {
  return workflowFunction(scope, id, 'ingestion', settings, props);
}
