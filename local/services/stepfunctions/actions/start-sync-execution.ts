import type { Action } from '../../../wire/service';
import { ARN, constrain, refuseBadName } from '../constraints';
import { type ServiceContext, seconds } from '../context';
import { readInput } from '../execution-input';
import { typeNotSupported } from '../faults';
import { machineAccess, resolveMachine } from '../machine-lookup';
import type { ExecutionRecord } from '../model';
import type { StartExecutionInput } from './start-execution';

/** StartExecution's input, and what of the execution the answer holds. */
export interface StartSyncExecutionInput extends StartExecutionInput {
  includedData?: 'ALL_DATA' | 'METADATA_ONLY';
}

/**
 * Runs an Express execution and answers when it has ended, also with 200 when it has failed.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StartSyncExecution.html
 */
export function startSyncExecution(context: ServiceContext): Action<StartSyncExecutionInput> {
  return {
    access: (input) => machineAccess('StartSyncExecution', input.stateMachineArn),
    async handle(input, { caller, traceHeader }) {
      constrain(input, {
        stateMachineArn: ARN,
        name: { minLength: 1, maxLength: 80 },
        traceHeader: { maxLength: 256 },
        includedData: { values: ['ALL_DATA', 'METADATA_ONLY'] },
      });
      const { machine, revision, version, alias } = resolveMachine(context, input.stateMachineArn);
      if (machine.type !== 'EXPRESS') throw typeNotSupported();
      const { text, value } = readInput(input.input);
      const { random, clock } = context.host.kernel;
      const name = input.name ?? random.uuid();
      refuseBadName(name);
      const isIncluded = input.includedData !== 'METADATA_ONLY';
      if (revision.dataKey) {
        await context.encryption.openAsRole(revision, machine.arn, name);
        if (isIncluded) await context.encryption.revealed(caller, revision.dataKey, () => undefined);
      }
      const record: ExecutionRecord = {
        arn: context.arns.express(machine.name, name, random.uuid()),
        name,
        type: 'EXPRESS',
        machineArn: machine.arn,
        revisionKey: revision.key,
        input: text,
        startDate: clock.now(),
        status: 'RUNNING',
        events: [],
        isSynchronous: true,
        traceHeader: context.traces.headerOf(machine, revision, traceHeader ?? input.traceHeader),
        ...(version && { versionArn: version.arn }),
        ...(alias && { aliasArn: alias.arn }),
      };
      context.driver.start(record, machine, revision, machine.name, value);
      await context.driver.ended(record.arn);
      return { ...describe(record, input, isIncluded), billingDetails: context.billing.take(record.arn) };
    },
  };
}

function dataOf({ error, cause, input, output }: ExecutionRecord) {
  return {
    error,
    cause,
    input,
    inputDetails: { included: true },
    output,
    ...(output !== undefined && { outputDetails: { included: true } }),
  };
}

function describe(record: ExecutionRecord, input: StartExecutionInput, isIncluded: boolean) {
  return {
    executionArn: record.arn,
    stateMachineArn: input.stateMachineArn,
    name: record.name,
    startDate: seconds(record.startDate),
    stopDate: seconds(record.stopDate),
    status: record.status,
    ...(isIncluded && dataOf(record)),
    traceHeader: record.traceHeader,
  };
}
