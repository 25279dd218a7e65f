import { equalJson } from '../../model/json';
import { arrayArgument, type Intrinsic } from './intrinsic';

/** `States.ArrayContains(array, value)`: is an equal value in the array? */
export const arrayContains: Intrinsic = {
  name: 'States.ArrayContains',
  arity: [2, 2],
  apply: (args) => arrayArgument(args, 0).some((item) => equalJson(item, args[1]!)),
};
