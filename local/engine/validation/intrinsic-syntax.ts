/**
 * The syntax of intrinsic function calls: `States.Format('{}', $.name)`.
 * https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
 */
import { intrinsics } from '../data/intrinsics/registry';

const NAME = /^States\.[A-Za-z0-9]+/;
const LITERAL = /^(?:-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)/;

/** In strings a backslash stands before these alone. */
const ESCAPABLE = new Set(["'", '{', '}', '\\']);

/** True when the whole text is one call. */
export function isIntrinsicCall(text: string): boolean {
  return callEnd(text, skipSpace(text, 0)) === text.trimEnd().length;
}

/** Where the call that begins at `at` ends; -1 when there is none. */
function callEnd(text: string, at: number): number {
  const name = NAME.exec(text.slice(at));
  if (!name || !intrinsics.has(name[0])) return -1;
  let position = skipSpace(text, at + name[0].length);
  if (text[position] !== '(') return -1;
  position = skipSpace(text, position + 1);
  if (text[position] === ')') return position + 1;
  for (;;) {
    position = argumentEnd(text, position);
    if (position < 0) return -1;
    position = skipSpace(text, position);
    if (text[position] === ')') return position + 1;
    if (text[position] !== ',') return -1;
    position = skipSpace(text, position + 1);
  }
}

function argumentEnd(text: string, at: number): number {
  if (text[at] === "'") return stringEnd(text, at);
  if (text[at] === '$') return pathEnd(text, at);
  const literal = LITERAL.exec(text.slice(at));
  return literal ? at + literal[0].length : callEnd(text, at);
}

function stringEnd(text: string, at: number): number {
  for (let position = at + 1; position < text.length; position++) {
    if (text[position] === "'") return position + 1;
    if (text[position] === '\\' && !ESCAPABLE.has(text[++position] ?? '')) return -1;
  }
  return -1;
}

/** A path ends at a comma or bracket that is not inside its own brackets or quotes. */
function pathEnd(text: string, at: number): number {
  let depth = 0;
  let quote = '';
  for (let position = at; position < text.length; position++) {
    const char = text[position]!;
    if (quote) {
      if (char === '\\') position++;
      else if (char === quote) quote = '';
    } else if (char === "'" || char === '"') quote = char;
    else if (char === '[' || char === '(') depth++;
    else if (depth > 0 && (char === ']' || char === ')')) depth--;
    else if (depth === 0 && (char === ',' || char === ')')) return position;
  }
  return -1;
}

function skipSpace(text: string, at: number): number {
  let position = at;
  while (text[position] === ' ' || text[position] === '\t' || text[position] === '\n') position++;
  return position;
}
