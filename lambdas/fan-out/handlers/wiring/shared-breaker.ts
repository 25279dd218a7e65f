import { systemClock } from '../../../shared/clock';
import { requireVariable, requireWholeNumber } from '../../../shared/environment';
import type { Observability } from '../../../shared/observability/observe';
import { createDynamoBreakerStore } from '../../adapters/dynamo-breaker-store';
import { createSharedBreaker } from '../../domain/breaker/shared-breaker';
import { dynamoClient } from './dynamo-client';

/** The breaker of the webhook, in the row that all functions share. */
export const sharedBreaker = (url: string, observability: Observability) =>
  createSharedBreaker({
    store: createDynamoBreakerStore({ client: dynamoClient, tableName: requireVariable('BREAKERS_TABLE'), url }),
    settings: {
      failures: requireWholeNumber('BREAKER_FAILURES'),
      windowMs: requireWholeNumber('BREAKER_WINDOW_SECONDS') * 1000,
      openMs: requireWholeNumber('BREAKER_OPEN_SECONDS') * 1000,
      longestPauseMs: requireWholeNumber('BREAKER_LONGEST_PAUSE_SECONDS') * 1000,
    },
    clock: systemClock,
    believedMs: 1_000,
    ...observability,
  });
