import type { Kernel } from '../../kernel/kernel';
import { KEY_SPECS } from './key-spec';
import type { KeyPolicy, KeyRecord, KeySpec } from './model';

/** What a new key is made from. */
export interface NewKey {
  readonly id: string;
  readonly arn: string;
  readonly spec: KeySpec;
  readonly manager: KeyRecord['manager'];
  readonly policy: KeyPolicy;
  readonly description?: string;
  readonly tags?: Readonly<Record<string, string>>;
  readonly rotationPlan?: KeyRecord['rotationPlan'];
}

/** A new key, enabled, with material of its own. */
export function newKey(kernel: Kernel, { description = '', tags = {}, ...rest }: NewKey): KeyRecord {
  const { usage, materialBytes } = KEY_SPECS[rest.spec];
  return {
    ...rest,
    usage,
    description,
    tags,
    createdAtMs: kernel.clock.now(),
    state: 'Enabled',
    material: [kernel.random.bytes(materialBytes)],
    rotations: [],
    grants: [],
  };
}
