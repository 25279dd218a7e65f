import { isObject, type Json } from '../../model/json';
import { type Intrinsic, IntrinsicRefusal } from './intrinsic';

/** `States.JsonMerge(first, second, false)`: the members of both, those of the second winning; shallow alone. */
export const jsonMerge: Intrinsic = {
  name: 'States.JsonMerge',
  arity: [3, 3],
  apply: (args) => {
    const [first, second, isDeep] = args as [Json, Json, Json];
    if (!isObject(first) || !isObject(second)) throw new IntrinsicRefusal('arguments 1 and 2 must be objects');
    if (isDeep !== false) throw new IntrinsicRefusal('argument 3 must be false: only shallow merges are supported');
    return { ...first, ...second };
  },
};
