import { SeededRandom } from '../../../local/kernel/random';
import { SimulatedClock } from '../../../local/kernel/simulated-clock';
import { createIamServices } from '../../../local/services/iam/router';
import { administrator, Gateway } from '../../../local/wire/gateway';
import type { ResourceContext } from '../../../local/wire/resource-provider';

/** An embedded account with IAM alone, whose clock stands still. */
export function account() {
  const clock = new SimulatedClock();
  const gateway = new Gateway({ kernel: { clock, random: new SeededRandom(7) } });
  const { iam, sts, authorizer } = createIamServices(gateway);
  gateway.register(iam, sts);
  gateway.useAuthorizer(authorizer);
  const provider = (type: string) => iam.resources!.find((candidate) => candidate.type === type)!;
  const context: ResourceContext = {
    stackName: 'stack',
    stackId: `arn:aws:cloudformation:${gateway.region}:${gateway.accountId}:stack/stack/1`,
    caller: administrator(gateway.accountId),
    logicalId: 'Thing',
    accountId: gateway.accountId,
    region: gateway.region,
    isRollback: false,
    generateName: () => `stack-Thing-${gateway.kernel.random.uuid()}`,
    assetPath: () => '',
    readAsset: () => Promise.reject(new Error('no assets')),
  };
  return { clock, gateway, iam, sts, authorizer, provider, context };
}

/** A trust policy that admits a service. */
export function trusting(Service: string, Condition?: object) {
  return document({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service }, Condition });
}

/** A policy document of these statements. */
export function document(...Statement: object[]) {
  return { Version: '2012-10-17', Statement: JSON.parse(JSON.stringify(Statement)) };
}
