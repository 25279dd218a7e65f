import { type Intrinsic, IntrinsicRefusal, stringArgument } from './intrinsic';

/** `States.Format(template, …)`: each `{}` replaced by the next argument; `\{` and `\}` stand for braces. */
export const format: Intrinsic = {
  name: 'States.Format',
  arity: [1, Number.POSITIVE_INFINITY],
  apply: (args) => {
    const template = stringArgument(args, 0);
    let used = 1;
    const text = template.replace(/\\([{}\\'])|\{\}/g, (whole, escaped: string | undefined) => {
      if (escaped !== undefined) return escaped;
      if (used >= args.length) throw new IntrinsicRefusal(`the template has more than ${args.length - 1} places`);
      const value = args[used++]!;
      void whole;
      return typeof value === 'string' ? value : JSON.stringify(value);
    });
    if (used !== args.length)
      throw new IntrinsicRefusal(`the template has ${used - 1} places for ${args.length - 1} values`);
    return text;
  },
};
