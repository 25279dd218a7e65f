import { equalJson, type Json } from '../../model/json';
import { arrayArgument, type Intrinsic } from './intrinsic';

/** `States.ArrayUnique(array)`: the array without repetitions, in the order of first appearance. */
export const arrayUnique: Intrinsic = {
  name: 'States.ArrayUnique',
  arity: [1, 1],
  apply: (args) => {
    const seen = new Set<Json>();
    const structures: Json[] = [];
    return arrayArgument(args, 0).filter((item) => {
      if (typeof item !== 'object' || item === null) {
        if (seen.has(item)) return false;
        seen.add(item);
        return true;
      }
      if (structures.some((known) => equalJson(known, item))) return false;
      structures.push(item);
      return true;
    });
  },
};
