import type { Construct } from 'constructs';
import type { TaskFunction } from '../../constructs/task-function';
import type { StageSettings } from '../../stages/stage-settings';
import { type WorkflowFunctionProps, workflowFunction } from '../workflow-function';
import type { ApprovalTables } from './approval-tables';

/** Makes a function of approvals: all of them read requests, and write them together with audit rows. */
export function approvalFunction(
  scope: Construct,
  id: string,
  settings: StageSettings,
  tables: ApprovalTables,
  props: WorkflowFunctionProps,
): TaskFunction {
  const environment = { ...tables.environment, ...props.environment };
  const task = workflowFunction(scope, id, 'approvals', settings, { ...props, environment });
  tables.grantRequests(task);
  return task;
}
