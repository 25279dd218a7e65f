import { parseFilter } from '../filter-expression';
import { summaryOf } from '../trace-summary';
import { type ActionFactory, anyAccess, tracesBetween } from '../xray-parts';

/** https://docs.aws.amazon.com/xray/latest/api/API_GetTraceSummaries.html: all that match, on one page. */
export const getTraceSummaries: ActionFactory = (parts) => ({
  access: anyAccess('GetTraceSummaries'),
  handle({ StartTime, EndTime, FilterExpression }) {
    const traces = tracesBetween(parts, StartTime, EndTime);
    const filter = FilterExpression ? parseFilter(FilterExpression) : () => true;
    const { accountId, kernel } = parts.host;
    return {
      TraceSummaries: traces.filter(filter).map((facts) => summaryOf(facts, accountId)),
      ApproximateTime: kernel.clock.now() / 1000,
      TracesProcessedCount: traces.length,
    };
  },
});
