import { type Intrinsic, IntrinsicRefusal, integerArgument, LONGEST_ARRAY } from './intrinsic';

/** `States.ArrayRange(first, last, step)`: the numbers from first to last, both included; at most 1,000 of them. */
export const arrayRange: Intrinsic = {
  name: 'States.ArrayRange',
  arity: [3, 3],
  apply: (args) => {
    const first = integerArgument(args, 0);
    const last = integerArgument(args, 1);
    const step = integerArgument(args, 2);
    if (step === 0) throw new IntrinsicRefusal('the step must not be 0');
    const count = Math.max(0, Math.floor((last - first) / step) + 1);
    if (count > LONGEST_ARRAY) throw new IntrinsicRefusal(`a range has at most ${LONGEST_ARRAY} items, not ${count}`);
    return Array.from({ length: count }, (_, index) => first + index * step);
  },
};
