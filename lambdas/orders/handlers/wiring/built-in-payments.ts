import { systemClock } from '../../../shared/clock';
import { requireVariable } from '../../../shared/environment';
import { guardPaymentProvider } from '../../adapters/guarded-payment-provider';
import { createLedgerPaymentProvider } from '../../adapters/ledger-payment-provider';
import { dynamoClient } from './dynamo-client';
import { faultSource } from './fault-source';
import { PROVIDER_DEADLINE_MS } from './provider-deadline';

/** The built-in payment provider over the table that PAYMENTS_TABLE names. */
export const builtInPayments = () =>
  guardPaymentProvider(
    createLedgerPaymentProvider({
      client: dynamoClient,
      tableName: requireVariable('PAYMENTS_TABLE'),
      clock: systemClock,
    }),
    { clock: systemClock, deadlineMs: PROVIDER_DEADLINE_MS, faults: faultSource() },
  );
