import type { Intrinsic } from './intrinsic';

/** `States.JsonToString(value)`: its JSON text. */
export const jsonToString: Intrinsic = {
  name: 'States.JsonToString',
  arity: [1, 1],
  apply: (args) => JSON.stringify(args[0]),
};
