import type { Action } from '../../../wire/service';
import { parseArn } from '../arn';
import { constrain, LONG_ARN } from '../constraints';
import { type ServiceContext, seconds } from '../context';
import { resourceNotFound } from '../faults';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeMapRun.html */
export function describeMapRun(context: ServiceContext): Action<{ mapRunArn: string }> {
  return {
    access: (input) => [{ action: 'states:DescribeMapRun', resource: input.mapRunArn }],
    handle(input) {
      constrain(input, { mapRunArn: LONG_ARN });
      parseArn(input.mapRunArn, 'mapRun');
      const run = context.store.mapRuns.get(input.mapRunArn);
      if (!run) throw resourceNotFound(input.mapRunArn);
      return {
        mapRunArn: run.arn,
        executionArn: run.executionArn,
        status: run.status,
        startDate: seconds(run.startDate),
        stopDate: seconds(run.stopDate),
        maxConcurrency: run.maxConcurrency,
        toleratedFailurePercentage: run.toleratedFailurePercentage,
        toleratedFailureCount: run.toleratedFailureCount,
        itemCounts: run.itemCounts,
        executionCounts: run.executionCounts,
        redriveCount: run.redriveCount,
        redriveDate: seconds(run.redriveDate),
      };
    },
  };
}
