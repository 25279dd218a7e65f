import type { Action } from '../../../wire/service';
import { ARN, constrain } from '../constraints';
import { type ServiceContext, seconds } from '../context';
import { executionAccess, executionOf } from '../execution-lookup';

/**
 * Ends an execution as ABORTED; one that has ended already is left as it is.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_StopExecution.html
 */
export function stopExecution(
  context: ServiceContext,
): Action<{ executionArn: string; error?: string; cause?: string }> {
  return {
    access: (input) => executionAccess('StopExecution', input.executionArn),
    handle(input) {
      constrain(input, { executionArn: ARN, error: { maxLength: 256 }, cause: { maxLength: 32768 } });
      const execution = executionOf(context, input.executionArn);
      const stop = () => {
        context.driver.post(execution.arn, { kind: 'stop', error: input.error, cause: input.cause });
        return { stopDate: seconds(execution.stopDate ?? context.host.kernel.clock.now()) };
      };
      // Error and cause are encrypted as the execution's role; without them nothing is.
      const revision = context.store.machines.revision(execution.revisionKey);
      const isEncrypting = revision.dataKey !== undefined && (input.error !== undefined || input.cause !== undefined);
      return isEncrypting
        ? context.encryption.forExecution(revision, execution.machineArn, execution.name).then(stop)
        : stop();
    },
  };
}
