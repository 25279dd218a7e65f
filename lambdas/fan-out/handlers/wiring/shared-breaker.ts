import { systemClock } from '../../../shared/clock';
import { requireVariable } from '../../../shared/environment';
import type { Observability } from '../../../shared/observability/observe';
import { createDynamoBreakerStore } from '../../adapters/dynamo-breaker-store';
import { createSharedBreaker } from '../../domain/breaker/shared-breaker';
import { dynamoClient } from './dynamo-client';
import { wholeNumber } from './whole-number';

/** The breaker of the webhook, in the row that all functions share. */
export const sharedBreaker = (url: string, observability: Observability) =>
  createSharedBreaker({
    store: createDynamoBreakerStore({ client: dynamoClient, tableName: requireVariable('BREAKERS_TABLE'), url }),
    settings: {
      failures: wholeNumber('BREAKER_FAILURES'),
      windowMs: wholeNumber('BREAKER_WINDOW_SECONDS') * 1000,
      openMs: wholeNumber('BREAKER_OPEN_SECONDS') * 1000,
      longestPauseMs: wholeNumber('BREAKER_LONGEST_PAUSE_SECONDS') * 1000,
    },
    clock: systemClock,
    believedMs: 1_000,
    ...observability,
  });
