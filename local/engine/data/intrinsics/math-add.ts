import { type Intrinsic, integerArgument } from './intrinsic';

/** `States.MathAdd(a, b)`: the sum of two integers; other numbers are rounded first. */
export const mathAdd: Intrinsic = {
  name: 'States.MathAdd',
  arity: [2, 2],
  apply: (args) => integerArgument(args, 0) + integerArgument(args, 1),
};
