import type { Clock } from '../../shared/clock';
import type { Gauges } from '../../shared/observability/gauges';
import { errorFields, type Log } from '../../shared/observability/log';
import type { Service } from '../../shared/services';
import type { WatchedMachine, WatchedTrails } from '../contracts/settings';
import type { AskedRequests } from './asked-requests';
import { auditSamples, type EndRows } from './audit-samples';
import type { Executions } from './executions';
import { WATCHED } from './signals';
import { countStuck } from './stuck-executions';

/** What watching executions works with. */
export interface WatchExecutionsProps {
  readonly machines: readonly WatchedMachine[];
  readonly trails: WatchedTrails;
  readonly executions: Executions;
  readonly requests?: AskedRequests;
  readonly rows: EndRows;
  readonly gauges: Gauges;
  readonly clock: Clock;
  readonly log: Log;
}

/**
 * Publishes how many executions stand still, how old the oldest pending request is, and what of a sample lacks its trail.
 * What fails keeps nothing else back; then the run fails with the first failure, and of what failed nothing is published.
 */
export function createWatchExecutions(props: WatchExecutionsProps) {
  const { machines, trails, requests, gauges, clock, log } = props;

  const watchStuck = async (service: Service) => {
    let stuck = 0;
    for (const machine of machines.filter((one) => one.service === service)) stuck += await countStuck(props, machine);
    gauges.set(service, WATCHED.stuck, stuck, 'Count');
  };

  const watchPending = async (asked: AskedRequests) => {
    const oldest = await asked.oldestPending();
    const ageMs = oldest === undefined ? 0 : Math.max(0, clock.now() - oldest);
    gauges.set('approvals', WATCHED.pendingAge, ageMs / 1000, 'Seconds');
  };

  const watchTrails = async () => {
    for (const { service, sampled, missing } of await auditSamples(props, trails, clock.now())) {
      gauges.set(service, WATCHED.auditSampled, sampled, 'Count');
      gauges.set(service, WATCHED.auditMissing, missing.length, 'Count');
      for (const id of missing) log.error('What has ended lacks its trail', { trail: service, id });
    }
  };

  return async (): Promise<void> => {
    const services = [...new Set(machines.map(({ service }) => service))];
    const duties = [
      ...services.map((service) => () => watchStuck(service)),
      ...(requests ? [() => watchPending(requests)] : []),
      watchTrails,
    ];
    const failures: unknown[] = [];
    for (const duty of duties) {
      await duty().catch((error) => {
        failures.push(error);
        log.error('Part of the watch failed', errorFields(error));
      });
    }
    gauges.flush();
    if (failures.length > 0) throw failures[0];
  };
}
