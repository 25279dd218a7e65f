import { GuardedRegExp } from '../guarded-regexp';
import { type AstNode, type Evaluate, NeedsInterpreter } from './node';

/** What a regular expression finds: the shape that jsonata's functions know, and custom matchers may give. */
export interface Match {
  readonly match: string;
  readonly start: number;
  readonly end: number;
  readonly groups: unknown[];
  next(): Match | undefined;
}

/** Compiles a regular expression: a function that finds the first match, which knows how to find the next. */
export function compileRegex(node: AstNode): Evaluate {
  return () => {
    const regex = new GuardedRegExp(node.value as RegExp);
    const find = (text: string, from?: number): Match | undefined => {
      regex.lastIndex = from ?? 0;
      const found = regex.exec(text);
      if (found === null) return undefined;
      const next = () => {
        if (regex.lastIndex >= text.length) return undefined;
        const following = find(text, regex.lastIndex);
        if (following?.match === '') throw new NeedsInterpreter();
        return following;
      };
      return { match: found[0], start: found.index, end: found.index + found[0].length, groups: found.slice(1), next };
    };
    return find;
  };
}
