import { invalidParameter, queryNotFound } from '../faults';
import type { ActionFactory } from '../logs-parts';

/**
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StopQuery.html: a query that has ended cannot be stopped
 * (InvalidParameterException), and here each has ended. Throws ResourceNotFoundException for one that is not known.
 */
export const stopQuery: ActionFactory = ({ queries }) => ({
  access: () => [{ action: 'logs:StopQuery', resource: '*' }],
  handle({ queryId }: { queryId: string }) {
    if (!queries.find(queryId)) throw queryNotFound(queryId);
    throw invalidParameter(`The query ${queryId} is not running: it is Complete.`);
  },
});
