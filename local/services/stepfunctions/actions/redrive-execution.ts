import type { Action } from '../../../wire/service';
import { ARN, constrain } from '../constraints';
import { type ServiceContext, seconds } from '../context';
import { executionAccess, executionOf } from '../execution-lookup';
import { executionNotRedrivable } from '../faults';
import { redriveView } from '../redrive-view';

/**
 * Runs a failed, aborted or timed-out Standard execution again from where it ended.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_RedriveExecution.html
 */
export function redriveExecution(context: ServiceContext): Action<{ executionArn: string; clientToken?: string }> {
  return {
    access: (input) => executionAccess('RedriveExecution', input.executionArn),
    handle(input) {
      constrain(input, { executionArn: ARN, clientToken: { minLength: 1, maxLength: 64 } });
      const execution = executionOf(context, input.executionArn);
      const revision = context.store.machines.revision(execution.revisionKey);
      const redrive = () => {
        const nowMs = context.host.kernel.clock.now();
        const { redriveStatus, redriveStatusReason } = redriveView(execution, nowMs);
        if (redriveStatus !== 'REDRIVABLE') {
          throw executionNotRedrivable(redriveStatusReason ?? 'Execution is redriven with the parent of its Map Run');
        }
        context.store.executions.reopen(execution, nowMs);
        context.driver.redrive(execution, revision);
        return { redriveDate: seconds(nowMs) };
      };
      return revision.dataKey
        ? context.encryption.forExecution(revision, execution.machineArn, execution.name).then(redrive)
        : redrive();
    },
  };
}
