import { validationError } from '../faults';
import { isReservedWord } from './reserved-words';
import type { CallSyntax, OperandSyntax, PathStep, PathSyntax } from './syntax';
import type { TokenReader } from './token';

/** Reads `a.b[0].#c`. */
export function parsePath(reader: TokenReader): PathSyntax {
  const steps: PathStep[] = [parseName(reader)];
  for (;;) {
    if (reader.takeSymbol('.')) steps.push(parseName(reader));
    else if (reader.takeSymbol('[')) {
      if (reader.peek().kind !== 'number') throw reader.unexpected();
      steps.push({ index: Number(reader.next().text) });
      reader.expectSymbol(']');
    } else return { kind: 'path', steps };
  }
}

/** Reads a path, a `:value` or a call. */
export function parseOperand(reader: TokenReader): OperandSyntax {
  const token = reader.peek();
  if (token.kind === 'value') return { kind: 'value', placeholder: reader.next().text };
  if (token.kind === 'word' && isOpening(reader)) return parseCall(reader);
  return parsePath(reader);
}

/** Reads `name(operand, …)`. */
function parseCall(reader: TokenReader): CallSyntax {
  const name = reader.next().text;
  reader.expectSymbol('(');
  const args = [parseOperand(reader)];
  while (reader.takeSymbol(',')) args.push(parseOperand(reader));
  reader.expectSymbol(')');
  return { kind: 'call', name, args };
}

function isOpening(reader: TokenReader): boolean {
  const following = reader.peek(1);
  return following.kind === 'symbol' && following.text === '(';
}

function parseName(reader: TokenReader): PathStep {
  const token = reader.peek();
  if (token.kind === 'name') return { placeholder: reader.next().text };
  if (token.kind !== 'word') throw reader.unexpected();
  if (isReservedWord(token.text)) {
    throw validationError(`Attribute name is a reserved keyword; reserved keyword: ${token.text}`);
  }
  return { name: reader.next().text };
}
