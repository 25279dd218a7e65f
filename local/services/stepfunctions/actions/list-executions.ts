import type { Action } from '../../../wire/service';
import { parseArn } from '../arn';
import { constrain, PAGE_SIZE } from '../constraints';
import { type ServiceContext, seconds } from '../context';
import { resourceNotFound, typeNotSupported, validation } from '../faults';
import { machineAccess, resolveMachine } from '../machine-lookup';
import type { ExecutionRecord } from '../model';
import type { PageRequest } from '../page';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListExecutions.html */
export interface ListExecutionsInput extends PageRequest {
  stateMachineArn?: string;
  mapRunArn?: string;
  statusFilter?: string;
  redriveFilter?: 'REDRIVEN' | 'NOT_REDRIVEN';
}

/** Lists the executions of a machine, version, alias or Map Run, the latest first. */
export function listExecutions(context: ServiceContext): Action<ListExecutionsInput> {
  return {
    access: (input) => machineAccess('ListExecutions', input.stateMachineArn ?? input.mapRunArn),
    handle(input) {
      constrain(input, {
        stateMachineArn: { minLength: 1, maxLength: 256 },
        mapRunArn: { minLength: 1, maxLength: 2000 },
        statusFilter: { values: ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE'] },
        redriveFilter: { values: ['REDRIVEN', 'NOT_REDRIVEN'] },
        maxResults: PAGE_SIZE,
        nextToken: { minLength: 1, maxLength: 3096 },
      });
      const { arns, isWanted, scope } = source(context, input);
      const nowMs = context.host.kernel.clock.now();
      const page = context.pager.backwards(arns, input, scope, (arn) => {
        const execution = context.store.executions.get(arn, nowMs);
        return execution && isWanted(execution) && passes(execution, input) ? view(execution) : undefined;
      });
      return { executions: page.items, nextToken: page.nextToken };
    },
  };
}

function source(context: ServiceContext, input: ListExecutionsInput) {
  if ((input.stateMachineArn === undefined) === (input.mapRunArn === undefined)) {
    throw validation('Must specify exactly one of State Machine ARN or Map Run ARN');
  }
  const filters = `${input.statusFilter ?? ''} ${input.redriveFilter ?? ''}`;
  if (input.mapRunArn !== undefined) {
    parseArn(input.mapRunArn, 'mapRun');
    const run = context.store.mapRuns.get(input.mapRunArn);
    if (!run) throw resourceNotFound(input.mapRunArn);
    return {
      arns: run.children.map((child) => child.executionArn),
      isWanted: () => true,
      scope: `executions ${run.arn} ${filters}`,
    };
  }
  const { machine, version, alias } = resolveMachine(context, input.stateMachineArn!);
  if (machine.type === 'EXPRESS') throw typeNotSupported();
  const isWanted = (execution: ExecutionRecord) =>
    alias ? execution.aliasArn === alias.arn : !version || execution.versionArn === version.arn;
  return { arns: machine.executions, isWanted, scope: `executions ${input.stateMachineArn} ${filters}` };
}

function passes(execution: ExecutionRecord, input: ListExecutionsInput): boolean {
  if (input.statusFilter && execution.status !== input.statusFilter) return false;
  return !input.redriveFilter || (input.redriveFilter === 'REDRIVEN') === (execution.redriveCount ?? 0) > 0;
}

function view(execution: ExecutionRecord) {
  return {
    executionArn: execution.arn,
    stateMachineArn: execution.machineArn,
    name: execution.name,
    status: execution.status,
    startDate: seconds(execution.startDate),
    stopDate: seconds(execution.stopDate),
    mapRunArn: execution.mapRunArn,
    stateMachineVersionArn: execution.versionArn,
    stateMachineAliasArn: execution.aliasArn,
    redriveCount: execution.redriveCount ?? 0,
    redriveDate: seconds(execution.redriveDate),
  };
}
