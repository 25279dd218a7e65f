import { type ActionFactory, page } from '../logs-parts';

const LARGEST_PAGE = 1000;

interface DescribeQueriesInput {
  readonly logGroupName?: string;
  readonly status?: string;
  readonly queryLanguage?: string;
  readonly maxResults?: number;
  readonly nextToken?: string;
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeQueries.html, the newest first. */
export const describeQueries: ActionFactory = ({ queries }) => ({
  access: () => [{ action: 'logs:DescribeQueries', resource: '*' }],
  handle(input: DescribeQueriesInput) {
    const { logGroupName, status = 'Complete', queryLanguage = 'CWLI', maxResults = LARGEST_PAGE } = input;
    const isAsked = status === 'Complete' && queryLanguage === 'CWLI';
    const found = queries
      .all()
      .filter(({ logGroupNames }) => isAsked && (logGroupName === undefined || logGroupNames.includes(logGroupName)));
    const { items, nextToken } = page(found, input.nextToken, maxResults);
    return {
      queries: items.map(({ queryId, queryString, createTime, logGroupNames }) => ({
        ...{ queryLanguage: 'CWLI', queryId, queryString, status: 'Complete', createTime },
        logGroupName: logGroupNames[0],
      })),
      nextToken,
    };
  },
});
