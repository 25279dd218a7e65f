import type { Intrinsic } from './intrinsic';

/** `States.UUID()`: a UUID of version 4. */
export const uuid: Intrinsic = {
  name: 'States.UUID',
  arity: [0, 0],
  apply: (_args, random) => random.uuid(),
};
