import { arrayArgument, type Intrinsic, IntrinsicRefusal, integerArgument } from './intrinsic';

/** `States.ArrayGetItem(array, index)`: the item at an index counted from 0. */
export const arrayGetItem: Intrinsic = {
  name: 'States.ArrayGetItem',
  arity: [2, 2],
  apply: (args) => {
    const items = arrayArgument(args, 0);
    const index = integerArgument(args, 1);
    const item = items[index];
    if (item === undefined) throw new IntrinsicRefusal(`index ${index} is outside of an array of ${items.length}`);
    return item;
  },
};
