import type { Action } from '../../../wire/service';
import { ARN, constrain, refuseBadName } from '../constraints';
import { type ServiceContext, seconds } from '../context';
import { readInput } from '../execution-input';
import { executionAlreadyExists } from '../faults';
import { machineAccess, resolveMachine } from '../machine-lookup';
import type { DataKey, ExecutionRecord } from '../model';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartExecution.html */
export interface StartExecutionInput {
  stateMachineArn: string;
  name?: string;
  input?: string;
  traceHeader?: string;
}

const CONSTRAINTS = { stateMachineArn: ARN, name: { minLength: 1, maxLength: 80 }, traceHeader: { maxLength: 256 } };

/** Starts an execution; the same name and input again give the one that still runs. */
export function startExecution(context: ServiceContext): Action<StartExecutionInput> {
  return {
    access: (input) => machineAccess('StartExecution', input.stateMachineArn),
    handle(input, call) {
      constrain(input, CONSTRAINTS);
      const resolved = resolveMachine(context, input.stateMachineArn);
      const { machine, revision } = resolved;
      const { text, value } = readInput(input.input);
      const name = input.name ?? context.host.kernel.random.uuid();
      refuseBadName(name);
      const start = (dataKey?: DataKey) => {
        const nowMs = context.host.kernel.clock.now();
        const isExpress = machine.type === 'EXPRESS';
        const arn = isExpress
          ? context.arns.express(machine.name, name, context.host.kernel.random.uuid())
          : context.arns.execution(machine.name, name);
        const existing = isExpress ? undefined : context.store.executions.get(arn, nowMs);
        if (existing) return repeat(existing, text);
        const record: ExecutionRecord = {
          arn,
          name,
          type: machine.type,
          machineArn: machine.arn,
          revisionKey: revision.key,
          input: text,
          startDate: nowMs,
          status: 'RUNNING',
          events: [],
          versionArn: resolved.version?.arn,
          aliasArn: resolved.alias?.arn,
          // The header of the request wins over the member of its body.
          traceHeader: context.traces.headerOf(machine, revision, call.traceHeader ?? input.traceHeader),
          // Named here, though set later: what is not is kept in a block of its own, for each of 100,000 executions.
          state: undefined,
          stopDate: undefined,
          output: undefined,
          dataKey,
        };
        const running = context.driver.admit(record, machine, revision, machine.name, value);
        // The states run while the client reads the answer, which says nothing of them: 6 % of the time of a short execution.
        if (call.afterAnswer && !dataKey) call.afterAnswer(() => context.driver.begin(running));
        else context.driver.begin(running);
        return { executionArn: arn, startDate: seconds(nowMs) };
      };
      return revision.dataKey ? context.encryption.forExecution(revision, machine.arn, name).then(start) : start();
    },
  };
}

function repeat(existing: ExecutionRecord, input: string) {
  if (existing.status !== 'RUNNING' || existing.input !== input) throw executionAlreadyExists(existing.arn);
  return { executionArn: existing.arn, startDate: seconds(existing.startDate) };
}
