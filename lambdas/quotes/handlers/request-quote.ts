import { randomUUID } from 'node:crypto';
import { SFNClient } from '@aws-sdk/client-sfn';
import { clientSettings } from '../../shared/aws/client-settings';
import { systemClock } from '../../shared/clock';
import { requireVariable, requireWholeNumber } from '../../shared/environment';
import { observe, powertoolsObservability } from '../../shared/observability/observe';
import { createQuoteApi } from '../adapters/quote-api';
import { createSfnQuoteRunner } from '../adapters/sfn-quote-runner';
import { createRequestQuote } from '../domain/request-quote';

/** Longer than a run may last: what ends the waiting is the time that the invocation has left. */
const REQUEST_TIMEOUT_MS = 29_000;

const observability = powertoolsObservability();

const settings = clientSettings();

const requestQuote = createRequestQuote({
  runner: createSfnQuoteRunner({
    client: new SFNClient({
      ...settings,
      requestHandler: { ...settings.requestHandler, requestTimeout: REQUEST_TIMEOUT_MS },
    }),
    stateMachineArn: requireVariable('QUOTES_MACHINE_ARN'),
    clock: systemClock,
  }),
  clock: systemClock,
  newQuoteId: () => `quo-${randomUUID()}`,
  validSeconds: requireWholeNumber('QUOTE_VALID_SECONDS'),
  ...observability,
});

/** `POST /quotes`. */
export const handler = observe(observability, createQuoteApi(requestQuote, { ...observability, clock: systemClock }));
