import { type NativeFunction, reimplemented } from './library';
import { NeedsInterpreter } from './node';
import type { Match } from './regex';
import { sequenceOf } from './values';

/** A regular expression as compiled, or a function of the expression that stands for one. */
type Matcher = { apply(self: unknown, args: unknown[]): unknown };

function* matchesOf(matcher: Matcher, text: string, limit: number | undefined): Generator<Match> {
  let found = matcher.apply(null, [text]) as Match | undefined;
  for (let count = 0; found !== undefined && (limit === undefined || count < limit); count++) {
    if (typeof found.match !== 'string' || typeof found.next !== 'function') throw new NeedsInterpreter();
    yield found;
    found = found.next();
  }
}

function refuseNegative(limit: number | undefined): void {
  if (limit !== undefined && limit < 0) throw new NeedsInterpreter();
}

function contains(text: string | undefined, token: string | Matcher): boolean | undefined {
  if (text === undefined) return undefined;
  return typeof token === 'string' ? text.includes(token) : token.apply(null, [text]) !== undefined;
}

function match(text: string | undefined, matcher: Matcher, limit?: number): unknown {
  if (text === undefined) return undefined;
  refuseNegative(limit);
  const found = sequenceOf();
  for (const { match: part, start, groups } of matchesOf(matcher, text, limit))
    found.push({ match: part, index: start, groups });
  return found;
}

function split(text: string | undefined, separator: string | Matcher, limit?: number): unknown {
  if (text === undefined) return undefined;
  refuseNegative(limit);
  if (typeof separator === 'string') return text.split(separator, limit);
  const parts: string[] = [];
  let start = 0;
  for (const found of matchesOf(separator, text, undefined)) {
    if (limit !== undefined && parts.length >= limit) return parts;
    parts.push(text.substring(start, found.start));
    start = found.end;
  }
  if (limit === undefined || parts.length < limit) parts.push(text.substring(start));
  return parts;
}

function replace(
  text: string | undefined,
  pattern: string | Matcher,
  replacement: string | Matcher,
  limit?: number,
): unknown {
  if (text === undefined) return undefined;
  if (pattern === '') throw new NeedsInterpreter();
  refuseNegative(limit);
  if (typeof pattern === 'string') {
    if (typeof replacement !== 'string') throw new NeedsInterpreter();
    return replaceText(text, pattern, replacement, limit);
  }
  let result = '';
  let position = 0;
  for (const found of matchesOf(pattern, text, limit)) {
    const by = typeof replacement === 'string' ? substitute(replacement, found) : replacement.apply(null, [found]);
    if (typeof by !== 'string') throw new NeedsInterpreter();
    result += text.substring(position, found.start) + by;
    position = found.start + found.match.length;
  }
  return result + text.substring(position);
}

function replaceText(text: string, pattern: string, replacement: string, limit: number | undefined): string {
  const parts = text.split(pattern);
  if (limit === undefined || parts.length - 1 <= limit) return parts.join(replacement);
  const replaced = parts.slice(0, limit + 1).join(replacement);
  return [replaced, ...parts.slice(limit + 1)].join(pattern);
}

/** `$0` is the match, `$1` … its groups, `$$` a dollar; as many digits are read as the number of groups has. */
function substitute(replacement: string, { match: whole, groups }: Match): string {
  const mostDigits = groups.length === 0 ? 1 : String(groups.length).length;
  return replacement.replace(/\$(\$|0|\d+)?/g, (_text, what: string | undefined) => {
    if (what === undefined || what === '$') return '$';
    if (what.startsWith('0')) return whole + what.slice(1);
    let digits = what.slice(0, mostDigits);
    if (digits.length > 1 && Number(digits) > groups.length) digits = digits.slice(0, -1);
    return String(groups[Number(digits) - 1] ?? '') + what.slice(digits.length);
  });
}

/** jsonata's functions that search with regular expressions, without promises. */
export const searchFunctions: Readonly<Record<string, NativeFunction>> = {
  contains: reimplemented('contains', contains),
  match: reimplemented('match', match),
  split: reimplemented('split', split),
  replace: reimplemented('replace', replace),
};
