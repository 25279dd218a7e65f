import { readFile } from 'node:fs/promises';
import { administrator } from '../../local/wire/gateway';
import type { ResourceContext } from '../../local/wire/resource-provider';

const ACCOUNT = '000000000000';

/** What CloudFormation hands to a provider, of a stack of its own; assets are read where `assetPath` says. */
export function resourceContext(given: Partial<ResourceContext>): ResourceContext {
  const context: ResourceContext = {
    stackName: 'stack',
    stackId: `arn:aws:cloudformation:us-east-1:${ACCOUNT}:stack/stack/1`,
    logicalId: 'Resource',
    accountId: ACCOUNT,
    region: 'us-east-1',
    isRollback: false,
    caller: administrator(ACCOUNT),
    generateName: () => 'name',
    assetPath: () => '',
    readAsset: (bucket, key) => readFile(context.assetPath(bucket, key)!),
    ...given,
  };
  return context;
}
