import type { Action } from '../../../wire/service';
import { ARN, constrain, PAGE_SIZE } from '../constraints';
import { type ServiceContext, seconds } from '../context';
import { executionAccess, executionOf } from '../execution-lookup';
import type { PageRequest } from '../page';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_ListMapRuns.html */
export function listMapRuns(context: ServiceContext): Action<PageRequest & { executionArn: string }> {
  return {
    access: (input) => executionAccess('ListMapRuns', input.executionArn),
    handle(input) {
      constrain(input, { executionArn: ARN, maxResults: PAGE_SIZE });
      const { arn } = executionOf(context, input.executionArn);
      const { items, nextToken } = context.pager.forwards(context.store.mapRuns.of(arn), input, `map runs ${arn}`);
      const mapRuns = items.map((run) => ({
        executionArn: run.executionArn,
        mapRunArn: run.arn,
        stateMachineArn: run.stateMachineArn,
        startDate: seconds(run.startDate),
        stopDate: seconds(run.stopDate),
      }));
      return { mapRuns, nextToken };
    },
  };
}
