import { systemClock } from '../../../shared/clock';
import { requireVariable } from '../../../shared/environment';
import { guardCarrier } from '../../adapters/guarded-carrier';
import { createLedgerCarrier } from '../../adapters/ledger-carrier';
import { dynamoClient } from './dynamo-client';
import { faultSource } from './fault-source';
import { PROVIDER_DEADLINE_MS } from './provider-deadline';

/** The built-in carrier over the table that SHIPMENTS_TABLE names. */
export const builtInCarrier = () =>
  guardCarrier(
    createLedgerCarrier({ client: dynamoClient, tableName: requireVariable('SHIPMENTS_TABLE'), clock: systemClock }),
    { clock: systemClock, deadlineMs: PROVIDER_DEADLINE_MS, faults: faultSource() },
  );
