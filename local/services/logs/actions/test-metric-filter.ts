import { invalidParameter } from '../faults';
import { compileFilterPattern } from '../filter-pattern';
import { LogMessage } from '../log-message';
import type { ActionFactory } from '../logs-parts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_TestMetricFilter.html: which messages match. */
export const testMetricFilter: ActionFactory = () => ({
  access: () => [{ action: 'logs:TestMetricFilter', resource: '*' }],
  handle(input: { filterPattern?: string; logEventMessages?: string[] }) {
    const { filterPattern = '', logEventMessages = [] } = input;
    if (logEventMessages.length === 0) throw invalidParameter('logEventMessages must have at least one message.');
    const matches = compileFilterPattern(filterPattern);
    return {
      matches: logEventMessages
        .map((eventMessage, index) => ({ eventNumber: index + 1, eventMessage, extractedValues: {} }))
        .filter(({ eventMessage }) => matches(new LogMessage(eventMessage))),
    };
  },
});
