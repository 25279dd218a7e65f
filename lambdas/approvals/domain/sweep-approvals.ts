import type { Clock } from '../../shared/clock';
import type { Invocation } from '../../shared/invocation';
import { errorFields } from '../../shared/observability/log';
import type { Observability } from '../../shared/observability/observe';
import type { DueQueue, RequestStore } from './request-store';

/** What the sweeper works with. */
export interface SweepProps extends Observability {
  readonly store: Pick<RequestStore, 'due'>;
  readonly clock: Clock;
  readonly carryOut: (requestId: string) => Promise<void>;
  readonly wake: (requestId: string) => Promise<void>;
}

/** The stream and the schedules get this long before the sweeper steps in. */
const GRACE_MS = 2 * 60_000;

const PAGE_SIZE = 50;

/** The sweeper begins no request with less time than one may take: a row's mails are slow at worst. */
const TIME_FOR_ONE_MS = 15_000;

/**
 * Repairs what a crash left behind: carries out effects, and wakes requests, that have been due for longer than
 * GRACE_MS. One request that fails does not keep the others back; at the end the run fails, so that an alarm sees it.
 */
export function createSweepApprovals(props: SweepProps) {
  return async (invocation: Pick<Invocation, 'getRemainingTimeInMillis'>): Promise<void> => {
    const before = props.clock.now() - GRACE_MS;
    // What wakes writes effects, which the stream then brings to be carried out.
    const failed =
      (await sweep(props, 'waiting', before, invocation, props.wake)) +
      (await sweep(props, 'effects', before, invocation, props.carryOut));
    if (failed > 0) throw new Error(`${failed} approval requests could not be swept; the log says why for each.`);
  };
}

async function sweep(
  { store, log, meter }: SweepProps,
  queue: DueQueue,
  before: number,
  invocation: Pick<Invocation, 'getRemainingTimeInMillis'>,
  work: (requestId: string) => Promise<void>,
): Promise<number> {
  let failed = 0;
  let cursor: string | undefined;
  do {
    const page = await store.due({ queue, before, limit: PAGE_SIZE, cursor });
    for (const requestId of page.requestIds) {
      if (invocation.getRemainingTimeInMillis() < TIME_FOR_ONE_MS) {
        log.warn('The sweeper ran out of time; the next run goes on', { queue });
        return failed;
      }
      try {
        await work(requestId);
        meter.count('ApprovalSwept');
        log.warn('The approval request was left behind and is swept', { requestId, queue });
      } catch (error) {
        failed += 1;
        log.error('The approval request could not be swept', { requestId, queue, ...errorFields(error) });
      }
    }
    cursor = page.cursor;
  } while (cursor !== undefined);
  return failed;
}
