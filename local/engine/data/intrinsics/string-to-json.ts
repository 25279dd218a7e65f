import type { Json } from '../../model/json';
import { type Intrinsic, IntrinsicRefusal, stringArgument } from './intrinsic';

/** `States.StringToJson(text)`: what the JSON text says; an empty text gives null. */
export const stringToJson: Intrinsic = {
  name: 'States.StringToJson',
  arity: [1, 1],
  apply: (args) => {
    const text = stringArgument(args, 0);
    if (text.trim() === '') return null;
    try {
      return JSON.parse(text) as Json;
    } catch {
      throw new IntrinsicRefusal('the text is not JSON');
    }
  },
};
