import { type Intrinsic, stringArgument } from './intrinsic';

/** `States.StringSplit(text, delimiters)`: the parts between any of the delimiters' characters, empty ones left out. */
export const stringSplit: Intrinsic = {
  name: 'States.StringSplit',
  arity: [2, 2],
  apply: (args) => {
    const text = stringArgument(args, 0);
    const delimiters = new Set(stringArgument(args, 1));
    const parts: string[] = [];
    let part = '';
    for (const char of text) {
      if (!delimiters.has(char)) part += char;
      else {
        if (part !== '') parts.push(part);
        part = '';
      }
    }
    if (part !== '') parts.push(part);
    return parts;
  },
};
