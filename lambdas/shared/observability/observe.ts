import { StepFenced } from '../idempotency/step-fenced';
import { StepSuperseded } from '../idempotency/step-superseded';
import type { Invocation } from '../invocation';
import { NamedError } from '../named-error';
import { errorFields, type Log, type LogFields, powertoolsLog } from './log';
import { type Meter, powertoolsMeter } from './meter';
import { SIGNALS } from './workflow-signals';

/** What every handler is given to be seen by. */
export interface Observability {
  readonly log: Log;
  readonly meter: Meter;
}

/** Log and metrics of the deployed function. */
export function powertoolsObservability(): Observability {
  return { log: powertoolsLog(), meter: powertoolsMeter() };
}

/**
 * Runs a handler so that its failure is logged by name, with what `identify` knows of the event, and its metrics are
 * written whatever happens. A failure that the workflow has a name for is a warning; any other is an error. A step that
 * came too late and was stopped is counted.
 */
export function observe<Event, Result>(
  { log, meter }: Observability,
  handle: (event: Event, invocation: Invocation) => Promise<Result>,
  identify: (event: Event) => LogFields = () => ({}),
): (event: Event, invocation: Invocation) => Promise<Result> {
  return async (event, invocation) => {
    try {
      return await handle(event, invocation);
    } catch (error) {
      if (error instanceof StepFenced || error instanceof StepSuperseded) meter.count(SIGNALS.stepFenced);
      const fields = { requestId: invocation.awsRequestId, ...identify(event), ...errorFields(error) };
      if (error instanceof NamedError) log.warn('The task failed', fields);
      else log.error('The invocation failed', fields);
      throw error;
    } finally {
      meter.flush();
    }
  };
}
