import { DEFAULT_CURRENCY } from '../../orders/contracts/fields';
import { mergeOrderLines } from '../../orders/domain/order-line';
import { UnknownProducts } from '../../orders/domain/order-refusals';
import type { Clock } from '../../shared/clock';
import type { Invocation } from '../../shared/invocation';
import type { Observability } from '../../shared/observability/observe';
import type { QuoteRequest } from '../contracts/quote-request';
import type { QuotedLine, QuoteRunOutput } from '../contracts/quote-run';
import { DestinationNotServed } from './quote-refusals';
import type { QuoteRunner } from './quote-runner';
import { outageOf } from './run-failure';

/** What asking for a quote works with. */
export interface RequestQuoteProps extends Observability {
  readonly runner: QuoteRunner;
  readonly clock: Clock;
  /** Makes a quote's id, which is also the name of its run. */
  readonly newQuoteId: () => string;
  /** How long a quote may be shown: prices and stock go on changing. */
  readonly validSeconds: number;
}

/** A quote, as it is answered. */
export interface Quote {
  readonly quoteId: string;
  /** Until when it may be shown, in ISO 8601. */
  readonly validUntil: string;
  readonly currency: string;
  readonly lines: readonly QuotedLine[];
  readonly totalCents: number;
  /** The day of arrival if it were ordered now; null while a line is out of stock. */
  readonly deliveryDate: string | null;
}

/** What the function needs for itself after the run: to read its answer and to write its own. */
const RESERVE_MS = 1_500;

/**
 * Runs the quote machine within the time that the invocation has left, and makes a quote of its output. Throws
 * QuantityTooLarge, UnknownProducts, DestinationNotServed, DependencyOut; an Error for a run that failed by a defect.
 */
export function createRequestQuote(props: RequestQuoteProps) {
  const { runner, clock, newQuoteId, validSeconds, log, meter } = props;
  return async (request: QuoteRequest, invocation: Invocation, correlationId?: string): Promise<Quote> => {
    const quoteId = newQuoteId();
    const lines = mergeOrderLines(request.lines);
    const timeoutMs = Math.max(1, invocation.getRemainingTimeInMillis() - RESERVE_MS);
    const deadline = new Date(clock.now() + timeoutMs).toISOString();
    const end = await runner.run(quoteId, { lines, destination: request.destination, deadline }, timeoutMs);
    if (end.status !== 'succeeded') {
      const outage = outageOf(end);
      if (!outage) throw new Error(`The run ${quoteId} failed: ${end.status === 'failed' ? end.error : end.status}`);
      meter.count('QuoteUnavailable');
      const { dependency, reason } = outage;
      log.warn('A quote could not be made', { quoteId, correlationId, dependency, reason });
      throw outage;
    }
    const found = end.output as QuoteRunOutput;
    if (found.unknownSkus.length > 0) throw new UnknownProducts(found.unknownSkus);
    if (!found.isServed) throw new DestinationNotServed(request.destination.country);
    meter.count('QuoteMade');
    log.info('A quote is made', { quoteId, correlationId, lines: found.lines.length });
    const isInStock = found.lines.every(({ availability }) => availability === 'InStock');
    return {
      quoteId,
      validUntil: new Date(clock.now() + validSeconds * 1000).toISOString(),
      currency: request.currency ?? DEFAULT_CURRENCY,
      lines: found.lines,
      totalCents: found.totalCents,
      deliveryDate: isInStock ? found.deliveryDate : null,
    };
  };
}
