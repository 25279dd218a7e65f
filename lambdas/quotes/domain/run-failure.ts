import { type Dependency, DependencyOut } from './quote-refusals';
import type { QuoteRunEnd } from './quote-runner';

/** Seconds after which it is worth asking again: what throttles wants less hurry than what failed once. */
const RETRY_AFTER_SECONDS = { throttled: 10, failed: 5 };

/** Words of the machine's `$assert` on a batch that DynamoDB left half unread, as it does when it throttles. */
const UNREAD = 'products were left unread';

/** Errors that say that something was out, and nothing of the request. Anything else is a defect of ours. */
const OUTAGES: readonly { readonly error: RegExp; readonly cause?: string; readonly dependency: Dependency }[] = [
  {
    error: /^DynamoDb\..*(?:ThroughputExceeded|Throttling|LimitExceeded|InternalServerError|Unavailable|SdkClient)/,
    dependency: 'catalogue',
  },
  { error: /^States\.QueryEvaluationError$/, cause: UNREAD, dependency: 'catalogue' },
  { error: /^Carrier(?:Unavailable|Throttled|TimedOut)$/, dependency: 'carrier' },
  { error: /^Lambda\.(?:TooManyRequests|Service|SdkClient|Unknown)/, dependency: 'carrier' },
  { error: /^States\.Timeout$/, dependency: 'quotes' },
  { error: /^(?:Throttling|ServiceUnavailable|InternalFailure|InternalServer|TimeoutError)/, dependency: 'quotes' },
];

/** What to tell whoever asked of a run that gave no quote; undefined when asking again would not help. */
export function outageOf(end: Exclude<QuoteRunEnd, { status: 'succeeded' }>): DependencyOut | undefined {
  if (end.status === 'unanswered') {
    return new DependencyOut('quotes', RETRY_AFTER_SECONDS.failed, 'no answer in time');
  }
  const outage = OUTAGES.find(({ error, cause }) => error.test(end.error) && end.cause.includes(cause ?? ''));
  if (!outage) return undefined;
  const isThrottled = outage.cause === UNREAD || /Throttl|TooManyRequests|Exceeded/.test(end.error);
  const seconds = isThrottled ? RETRY_AFTER_SECONDS.throttled : RETRY_AFTER_SECONDS.failed;
  return new DependencyOut(outage.dependency, seconds, end.error);
}
