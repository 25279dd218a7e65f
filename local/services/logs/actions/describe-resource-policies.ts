import { type ActionFactory, page } from '../logs-parts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeResourcePolicies.html */
export const describeResourcePolicies: ActionFactory = ({ store }) => ({
  access: () => [{ action: 'logs:DescribeResourcePolicies', resource: '*' }],
  handle(input) {
    const policies = [...store.resourcePoliciesByName()].map(([policyName, document]) => ({
      policyName,
      policyDocument: JSON.stringify(document),
    }));
    const { items, nextToken } = page(policies, input.nextToken, input.limit ?? 50);
    return { resourcePolicies: items, nextToken };
  },
});
