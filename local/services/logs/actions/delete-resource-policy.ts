import { resourceNotFound } from '../faults';
import type { ActionFactory } from '../logs-parts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DeleteResourcePolicy.html */
export const deleteResourcePolicy: ActionFactory = ({ store }) => ({
  access: () => [{ action: 'logs:DeleteResourcePolicy', resource: '*' }],
  handle({ policyName }) {
    if (!store.resourcePoliciesByName().has(policyName)) throw resourceNotFound('policy');
    store.removeResourcePolicy(policyName);
  },
});
