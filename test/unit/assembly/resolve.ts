import { AssemblyError } from '../../../local/assembly/assembly-error';
import { resolveIntrinsics } from '../../../local/assembly/intrinsics';
import type { Scope } from '../../../local/assembly/scope';

/** A scope with one resource (`Queue`), a few parameters, a mapping, two conditions and an export. */
export const SCOPE: Scope = {
  accountId: '000000000000',
  region: 'us-east-1',
  stackName: 'stack',
  stackId: 'arn:aws:cloudformation:us-east-1:000000000000:stack/stack/1',
  parameters: { Name: 'orders', Sizes: ['1', '2'] },
  mappings: { Regions: { 'us-east-1': { ami: 'a', list: ['x', 'y'] } } },
  conditions: { Yes: true, No: false },
  ref: (logicalId) => {
    if (logicalId === 'Queue') return 'http://queue';
    throw new AssemblyError(`no ${logicalId}`);
  },
  getAtt: (logicalId, attribute) => `${logicalId}|${attribute}`,
  importValue: (name) => `imported ${name}`,
};

/** A value with its functions resolved in that scope. */
export function resolve(value: unknown): unknown {
  return resolveIntrinsics(value, SCOPE);
}
