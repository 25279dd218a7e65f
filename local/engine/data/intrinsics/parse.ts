import type { Json } from '../../model/json';
import { PathCursor } from '../jsonpath/cursor';
import { readPath } from '../jsonpath/parse';
import type { JsonPath } from '../jsonpath/path';
import type { Intrinsic } from './intrinsic';
import { intrinsics } from './registry';

/** A call of an intrinsic function, its arguments not yet evaluated. */
export interface IntrinsicCall {
  readonly intrinsic: Intrinsic;
  readonly args: readonly IntrinsicArgument[];
}

/** An argument: a literal, a path or another call. */
export type IntrinsicArgument =
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'path'; readonly path: JsonPath }
  | { readonly kind: 'call'; readonly call: IntrinsicCall };

/** AWS allows ten nested calls. https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html */
const DEEPEST_NESTING = 10;

/** Reads `States.Name(argument, …)`; throws JsonPathSyntaxError. */
export function parseIntrinsic(text: string): IntrinsicCall {
  const cursor = new PathCursor(text, 0);
  cursor.skipSpaces();
  const call = readCall(cursor, 1);
  cursor.skipSpaces();
  if (cursor.position < text.length) cursor.fail(`unexpected '${text[cursor.position]}'`);
  return call;
}

function readCall(cursor: PathCursor, depth: number): IntrinsicCall {
  if (depth > DEEPEST_NESTING) cursor.fail(`calls are nested more than ${DEEPEST_NESTING} deep`);
  const name = /^States\.\w+/.exec(cursor.text.slice(cursor.position))?.[0] ?? '';
  const intrinsic = intrinsics.get(name);
  if (!intrinsic) return cursor.fail(`unknown intrinsic function '${name}'`);
  cursor.position += name.length;
  cursor.expect('(');
  const args: IntrinsicArgument[] = [];
  cursor.skipSpaces();
  while (!cursor.take(')')) {
    if (args.length > 0) cursor.expect(',');
    args.push(readArgument(cursor, depth));
    cursor.skipSpaces();
  }
  const [least, most] = intrinsic.arity;
  if (args.length < least || args.length > most) cursor.fail(`${name} does not take ${args.length} arguments`);
  return { intrinsic, args };
}

function readArgument(cursor: PathCursor, depth: number): IntrinsicArgument {
  cursor.skipSpaces();
  const char = cursor.peek();
  if (char === '$') return { kind: 'path', path: readPath(cursor, 0) };
  if (char === "'") return { kind: 'literal', value: readString(cursor) };
  if (char === 'S') return { kind: 'call', call: readCall(cursor, depth + 1) };
  const literal = /^(true|false|null|-?\d+(\.\d+)?([eE][+-]?\d+)?)/.exec(cursor.text.slice(cursor.position));
  if (!literal) return cursor.fail('expected a path, a text in single quotes, a number or a call');
  cursor.position += literal[0].length;
  return { kind: 'literal', value: JSON.parse(literal[0]) as Json };
}

/** `\'`, `\\` are unescaped here; `\{` and `\}` are left for States.Format. */
function readString(cursor: PathCursor): string {
  cursor.expect("'");
  let value = '';
  for (let char = cursor.peek(); char !== "'"; char = cursor.peek()) {
    if (char === undefined) return cursor.fail('a quote is not closed');
    if (char === '\\') {
      const escaped = cursor.text[cursor.position + 1];
      if (escaped === undefined) return cursor.fail('a quote is not closed');
      value += escaped === "'" ? "'" : `\\${escaped}`;
      cursor.position += 2;
    } else {
      value += char;
      cursor.position++;
    }
  }
  cursor.position++;
  return value;
}
