import type { Invocation } from '../invocation';
import { errorFields, type Log, powertoolsLog } from './log';
import { type Meter, powertoolsMeter } from './meter';

/** What every handler is given to be seen by. */
export interface Observability {
  readonly log: Log;
  readonly meter: Meter;
}

/** Log and metrics of the deployed function. */
export function powertoolsObservability(): Observability {
  return { log: powertoolsLog(), meter: powertoolsMeter() };
}

/** Runs a handler so that its failure is logged by name and its metrics are written whatever happens. */
export function observe<Event, Result>(
  { log, meter }: Observability,
  handle: (event: Event, invocation: Invocation) => Promise<Result>,
): (event: Event, invocation: Invocation) => Promise<Result> {
  return async (event, invocation) => {
    try {
      return await handle(event, invocation);
    } catch (error) {
      log.error('The invocation failed', { requestId: invocation.awsRequestId, ...errorFields(error) });
      throw error;
    } finally {
      meter.flush();
    }
  };
}
