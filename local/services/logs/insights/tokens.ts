/** Owns the signs of a query: what is a name, a number, a text, a regular expression, a period. */
import { malformedQuery } from '../faults';

export interface Token {
  readonly kind: 'name' | 'number' | 'period' | 'text' | 'regex' | 'sign' | 'end';
  /** As it counts: a text without its quotes, a name without its backticks. */
  readonly text: string;
  /** Where it stands in the query: the first character, and the one behind the last. */
  readonly start: number;
  readonly end: number;
}

/** What counts for nothing: blanks, and comments to the end of their line. */
const NOTHING = /(?:\s+|#[^\n]*(?:\n|$))*/y;

const TOKEN =
  /(?<period>\d+(?:ms|[smhdw])\b)|(?<number>-?\d+(?:\.\d+)?)|(?<name>@?[A-Za-z_][\w.@]*)|`(?<quoted>[^`]+)`|"(?<double>(?:[^"\\]|\\.)*)"|'(?<single>(?:[^'\\]|\\.)*)'|\/(?<regex>(?:[^/\\\n]|\\.)+)\/|(?<sign>=~|!=|<=|>=|[|,()[\]=<>*])/y;

/** The tokens of a query, the last of kind `end`. Throws MalformedQueryException at the first sign that no query has. */
export function tokensOf(query: string): Token[] {
  const tokens: Token[] = [];
  for (let start = skipNothing(query, 0); start < query.length; start = skipNothing(query, TOKEN.lastIndex)) {
    TOKEN.lastIndex = start;
    const match = TOKEN.exec(query);
    if (!match) throw malformedQuery(`unexpected symbol found ${query[start]}`, start, start + 1);
    tokens.push({ ...readMatch(match.groups!), start, end: TOKEN.lastIndex });
  }
  const length = query.trimEnd().length;
  tokens.push({ kind: 'end', text: 'the end of the query', start: length, end: length });
  return tokens;
}

function skipNothing(query: string, from: number): number {
  NOTHING.lastIndex = from;
  NOTHING.exec(query);
  return NOTHING.lastIndex;
}

function readMatch(groups: Record<string, string | undefined>): Pick<Token, 'kind' | 'text'> {
  const { period, number, name, quoted, double, single, regex, sign } = groups;
  if (period !== undefined) return { kind: 'period', text: period };
  if (number !== undefined) return { kind: 'number', text: number };
  if (regex !== undefined) return { kind: 'regex', text: regex.replaceAll('\\/', '/') };
  if (sign !== undefined) return { kind: 'sign', text: sign };
  const identifier = name ?? quoted;
  if (identifier !== undefined) return { kind: 'name', text: identifier };
  return { kind: 'text', text: (double ?? single)!.replace(/\\(.)/g, '$1') };
}
