import { BASE64_LIMIT } from './base64-encode';
import { type Intrinsic, IntrinsicRefusal, stringArgument } from './intrinsic';

/** `States.Base64Decode(text)`: the text that was encoded, read as UTF-8. */
export const base64Decode: Intrinsic = {
  name: 'States.Base64Decode',
  arity: [1, 1],
  apply: (args) => {
    const text = stringArgument(args, 0);
    if (text.length > BASE64_LIMIT) throw new IntrinsicRefusal(`the text must have at most ${BASE64_LIMIT} characters`);
    if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text)) throw new IntrinsicRefusal('the text is not Base64');
    return Buffer.from(text, 'base64').toString('utf8');
  },
};
