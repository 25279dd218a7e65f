import type { Json } from '../../model/json';
import { arrayArgument, type Intrinsic, IntrinsicRefusal, integerArgument } from './intrinsic';

/** `States.ArrayPartition(array, size)`: the array in pieces of at most `size`. */
export const arrayPartition: Intrinsic = {
  name: 'States.ArrayPartition',
  arity: [2, 2],
  apply: (args) => {
    const items = arrayArgument(args, 0);
    const size = integerArgument(args, 1);
    if (size < 1) throw new IntrinsicRefusal('the size of the pieces must be positive');
    const pieces: Json[] = [];
    for (let start = 0; start < items.length; start += size) pieces.push(items.slice(start, start + size));
    return pieces;
  },
};
