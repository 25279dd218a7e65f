import type { Intrinsic } from './intrinsic';

/** `States.Array(a, b, …)`: its arguments as an array. */
export const array: Intrinsic = {
  name: 'States.Array',
  arity: [0, Number.POSITIVE_INFINITY],
  apply: (args) => [...args],
};
