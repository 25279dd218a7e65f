import { invalidParameter } from '../faults';
import type { ActionFactory } from '../logs-parts';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html: ten in an account. */
const MOST_POLICIES = 10;

export const putResourcePolicy: ActionFactory = ({ store, host }) => ({
  access: () => [{ action: 'logs:PutResourcePolicy', resource: '*' }],
  handle({ policyName, policyDocument }) {
    if (!policyName) throw invalidParameter('policyName must be given.');
    const policies = store.resourcePoliciesByName();
    if (!policies.has(policyName) && policies.size >= MOST_POLICIES) {
      throw invalidParameter(`An account has ${MOST_POLICIES} resource policies at most.`);
    }
    store.setResourcePolicy(policyName, parse(policyDocument));
    return { resourcePolicy: { policyName, policyDocument, lastUpdatedTime: host.kernel.clock.now() } };
  },
});

function parse(document: unknown): object {
  try {
    return JSON.parse(String(document));
  } catch {
    throw invalidParameter('The policy document is not JSON.');
  }
}
