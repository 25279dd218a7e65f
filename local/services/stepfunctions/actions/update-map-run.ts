import type { Action } from '../../../wire/service';
import { parseArn } from '../arn';
import { constrain, LONG_ARN } from '../constraints';
import type { ServiceContext } from '../context';
import { resourceNotFound, validation } from '../faults';

/** https://docs.aws.amazon.com/step-functions/latest/apireference/API_UpdateMapRun.html */
export interface UpdateMapRunInput {
  mapRunArn: string;
  maxConcurrency?: number;
  toleratedFailurePercentage?: number;
  toleratedFailureCount?: number;
}

/** Changes a Map Run while it runs. */
export function updateMapRun(context: ServiceContext): Action<UpdateMapRunInput> {
  return {
    access: (input) => [{ action: 'states:UpdateMapRun', resource: input.mapRunArn }],
    handle(input) {
      constrain(input, {
        mapRunArn: LONG_ARN,
        maxConcurrency: { minimum: 0 },
        toleratedFailurePercentage: { minimum: 0, maximum: 100 },
        toleratedFailureCount: { minimum: 0 },
      });
      parseArn(input.mapRunArn, 'mapRun');
      const run = context.store.mapRuns.get(input.mapRunArn);
      if (!run) throw resourceNotFound(input.mapRunArn);
      if (run.status !== 'RUNNING') throw validation(`Map Run is not running: '${run.arn}'`);
      context.store.mapRuns.change(run, {
        maxConcurrency: input.maxConcurrency ?? run.maxConcurrency,
        toleratedFailurePercentage: input.toleratedFailurePercentage ?? run.toleratedFailurePercentage,
        toleratedFailureCount: input.toleratedFailureCount ?? run.toleratedFailureCount,
      });
      return {};
    },
  };
}
