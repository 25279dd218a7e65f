import { queryNotFound } from '../faults';
import type { ActionFactory } from '../logs-parts';

/**
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_GetQueryResults.html. Throws ResourceNotFoundException for a
 * query that was never started, or is forgotten.
 */
export const getQueryResults: ActionFactory = ({ queries }) => ({
  access: () => [{ action: 'logs:GetQueryResults', resource: '*' }],
  handle({ queryId }: { queryId: string }) {
    const query = queries.find(queryId);
    if (!query) throw queryNotFound(queryId);
    const { lines, recordsMatched, recordsScanned, bytesScanned, logGroupNames } = query;
    return {
      queryLanguage: 'CWLI',
      results: lines,
      statistics: {
        ...{ recordsMatched, recordsScanned, estimatedRecordsSkipped: 0, bytesScanned, estimatedBytesSkipped: 0 },
        logGroupsScanned: logGroupNames.length,
      },
      status: 'Complete',
    };
  },
});
