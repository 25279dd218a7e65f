import { checkDestination } from './asynchronous/destination';
import { validationFailed } from './faults';
import type { EventInvokeConfig } from './model';

/** How asynchronous invocations are treated, as the API and CloudFormation say it. */
export interface EventInvokeSettings {
  readonly MaximumRetryAttempts?: number;
  readonly MaximumEventAgeInSeconds?: number;
  readonly DestinationConfig?: {
    readonly OnSuccess?: { readonly Destination?: string };
    readonly OnFailure?: { readonly Destination?: string };
  };
}

/** Settings checked: 0 to 2 retries, an age of 60 seconds to 6 hours, destinations that are emulated. */
export function readEventInvokeConfig(settings: EventInvokeSettings, LastModifiedMs: number): EventInvokeConfig {
  const { MaximumRetryAttempts, MaximumEventAgeInSeconds, DestinationConfig } = settings;
  check('maximumRetryAttempts', MaximumRetryAttempts, 0, 2);
  check('maximumEventAgeInSeconds', MaximumEventAgeInSeconds, 60, 21_600);
  const OnSuccess = DestinationConfig?.OnSuccess?.Destination;
  const OnFailure = DestinationConfig?.OnFailure?.Destination;
  checkDestination(OnSuccess);
  checkDestination(OnFailure);
  return { MaximumRetryAttempts, MaximumEventAgeInSeconds, OnSuccess, OnFailure, LastModifiedMs };
}

function check(member: string, value: number | undefined, lowest: number, highest: number): void {
  if (value === undefined) return;
  if (value < lowest)
    throw validationFailed(member, value, `Member must have value greater than or equal to ${lowest}`);
  if (value > highest) throw validationFailed(member, value, `Member must have value less than or equal to ${highest}`);
}
