import { arrayArgument, type Intrinsic } from './intrinsic';

/** `States.ArrayLength(array)`: how many items it has. */
export const arrayLength: Intrinsic = {
  name: 'States.ArrayLength',
  arity: [1, 1],
  apply: (args) => arrayArgument(args, 0).length,
};
