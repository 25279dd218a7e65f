import { type Intrinsic, IntrinsicRefusal, stringArgument } from './intrinsic';

/** The longest text, in characters, that the Base64 functions take. */
export const BASE64_LIMIT = 10_000;

/** `States.Base64Encode(text)`. */
export const base64Encode: Intrinsic = {
  name: 'States.Base64Encode',
  arity: [1, 1],
  apply: (args) => {
    const text = stringArgument(args, 0);
    if (text.length > BASE64_LIMIT) throw new IntrinsicRefusal(`the text must have at most ${BASE64_LIMIT} characters`);
    return Buffer.from(text, 'utf8').toString('base64');
  },
};
