import { asSequence } from '../sequence';
import type { Frame } from './frame';
import { type AstNode, type CompileNode, type Evaluate, NeedsInterpreter } from './node';
import { isDeepEqual, isNumeric, toText, truth } from './values';

/** What an operator makes of both sides. */
type Operator = (left: unknown, right: unknown) => unknown;

/** The longest range that jsonata makes. */
const LONGEST_RANGE = 10_000_000;

const arithmetic =
  (compute: (left: number, right: number) => number): Operator =>
  (left, right) => {
    if (left !== undefined && !isNumeric(left)) throw new NeedsInterpreter();
    if (right !== undefined && !isNumeric(right)) throw new NeedsInterpreter();
    return left === undefined || right === undefined ? undefined : compute(left, right);
  };

const comparison =
  (decide: (left: any, right: any) => boolean): Operator =>
  (left, right) => {
    const types = [typeof left, typeof right];
    if (types.some((type) => type !== 'undefined' && type !== 'string' && type !== 'number'))
      throw new NeedsInterpreter();
    if (left === undefined || right === undefined) return undefined;
    if (types[0] !== types[1]) throw new NeedsInterpreter();
    return decide(left, right);
  };

const OPERATORS: Readonly<Record<string, Operator>> = {
  '+': arithmetic((left, right) => left + right),
  '-': arithmetic((left, right) => left - right),
  '*': arithmetic((left, right) => left * right),
  '/': arithmetic((left, right) => left / right),
  '%': arithmetic((left, right) => left % right),
  '=': (left, right) => left !== undefined && right !== undefined && isDeepEqual(left, right),
  '!=': (left, right) => left !== undefined && right !== undefined && !isDeepEqual(left, right),
  '<': comparison((left, right) => left < right),
  '<=': comparison((left, right) => left <= right),
  '>': comparison((left, right) => left > right),
  '>=': comparison((left, right) => left >= right),
  '&': (left, right) => (left === undefined ? '' : toText(left)) + (right === undefined ? '' : toText(right)),
  in: (left, right) =>
    left !== undefined &&
    right !== undefined &&
    (Array.isArray(right) ? right : [right]).includes(left) &&
    !Number.isNaN(left),
};

/** Compiles an operator between two expressions; `and` and `or` look at the right side only when it matters. */
export function compileBinary(node: AstNode, compile: CompileNode): Evaluate {
  const left = compile(node.lhs);
  const right = compile(node.rhs);
  const name = String(node.value);
  if (name === 'and') return (input, frame) => holds(left(input, frame)) && holds(right(input, frame));
  if (name === 'or') return (input, frame) => holds(left(input, frame)) || holds(right(input, frame));
  if (name === '..') return (input, frame) => range(left(input, frame), right(input, frame), frame);
  if (!Object.hasOwn(OPERATORS, name)) throw new NeedsInterpreter();
  const operate = OPERATORS[name]!;
  return (input, frame) => operate(left(input, frame), right(input, frame));
}

/** Compiles a minus before an expression. */
export function compileNegation(node: AstNode, compile: CompileNode): Evaluate {
  if (node.value !== '-') throw new NeedsInterpreter();
  const evaluate = compile(node.expression);
  return (input, frame) => {
    const value = evaluate(input, frame);
    if (value === undefined) return undefined;
    if (!isNumeric(value)) throw new NeedsInterpreter();
    return -value;
  };
}

function holds(value: unknown): boolean {
  return truth(value) ?? false;
}

function range(first: unknown, last: unknown, frame: Frame): unknown {
  if (first !== undefined && !Number.isInteger(first)) throw new NeedsInterpreter();
  if (last !== undefined && !Number.isInteger(last)) throw new NeedsInterpreter();
  if (first === undefined || last === undefined) return undefined;
  const [start, end] = [first as number, last as number];
  if (start > end) return undefined;
  const length = end - start + 1;
  if (length > LONGEST_RANGE) throw new NeedsInterpreter();
  frame.guard.reserve(length);
  const numbers: number[] = [];
  for (let number = start; number <= end; number++) numbers.push(number);
  return asSequence(numbers);
}
