import { seededRandom } from '../jsonata/functions/seeded-random';
import { type Intrinsic, IntrinsicRefusal, integerArgument } from './intrinsic';

/** `States.MathRandom(from, to[, seed])`: an integer, `from` included and `to` not; the same one for the same seed. */
export const mathRandom: Intrinsic = {
  name: 'States.MathRandom',
  arity: [2, 3],
  apply: (args, random) => {
    const from = integerArgument(args, 0);
    const to = integerArgument(args, 1);
    if (from > to) throw new IntrinsicRefusal('the end must not lie before the start');
    const fraction = args.length === 3 ? seededRandom(integerArgument(args, 2)) : random.next();
    return from + Math.floor(fraction * (to - from));
  },
};
