import { validationError } from '../faults';
import { parseOperand } from './operand-parser';
import type { CallSyntax, Comparator, ConditionSyntax, OperandSyntax } from './syntax';
import { TokenReader } from './token';

const COMPARATORS: ReadonlySet<string> = new Set(['=', '<>', '<', '<=', '>', '>=']);

/** Conditions that stand in parentheses already: ((a)) is refused, ((a) AND b) is not. */
const isGrouped = new WeakSet<ConditionSyntax>();

/** How many operands each function of a condition takes. */
const FUNCTIONS: Readonly<Record<string, number>> = {
  attribute_exists: 1,
  attribute_not_exists: 1,
  attribute_type: 2,
  begins_with: 2,
  contains: 2,
  size: 1,
};

/**
 * Parses a ConditionExpression, FilterExpression or KeyConditionExpression.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.OperatorsAndFunctions.html
 */
export function parseCondition(expression: string): ConditionSyntax {
  const reader = new TokenReader(expression);
  const condition = parseOr(reader);
  reader.expectEnd();
  return condition;
}

function parseOr(reader: TokenReader): ConditionSyntax {
  let left = parseAnd(reader);
  while (reader.takeKeyword('OR')) left = { kind: 'or', left, right: parseAnd(reader) };
  return left;
}

function parseAnd(reader: TokenReader): ConditionSyntax {
  let left = parseNot(reader);
  while (reader.takeKeyword('AND')) left = { kind: 'and', left, right: parseNot(reader) };
  return left;
}

function parseNot(reader: TokenReader): ConditionSyntax {
  if (reader.takeKeyword('NOT')) return { kind: 'not', condition: parseNot(reader) };
  if (reader.takeSymbol('(')) return parseGroup(reader);
  return parseTest(reader);
}

function parseGroup(reader: TokenReader): ConditionSyntax {
  const condition = parseOr(reader);
  reader.expectSymbol(')');
  if (isGrouped.has(condition)) throw validationError('The expression has redundant parentheses;');
  isGrouped.add(condition);
  return condition;
}

function parseTest(reader: TokenReader): ConditionSyntax {
  const left = checkedOperand(parseOperand(reader));
  const token = reader.peek();
  if (token.kind === 'symbol' && COMPARATORS.has(token.text)) {
    reader.next();
    const right = checkedOperand(parseOperand(reader));
    refuseTests([left, right]);
    return { kind: 'compare', comparator: token.text as Comparator, left, right };
  }
  if (reader.takeKeyword('BETWEEN')) {
    const low = checkedOperand(parseOperand(reader));
    reader.expectKeyword('AND');
    const high = checkedOperand(parseOperand(reader));
    refuseTests([left, low, high]);
    return { kind: 'between', operand: left, low, high };
  }
  if (reader.takeKeyword('IN')) return parseIn(reader, left);
  if (left.kind !== 'call') throw reader.unexpected();
  if (left.name === 'size') throw misused('size');
  return { kind: 'test', call: left };
}

function parseIn(reader: TokenReader, operand: OperandSyntax): ConditionSyntax {
  reader.expectSymbol('(');
  const list = [checkedOperand(parseOperand(reader))];
  while (reader.takeSymbol(',')) list.push(checkedOperand(parseOperand(reader)));
  reader.expectSymbol(')');
  refuseTests([operand, ...list]);
  // The operand before IN counts as well: 99 values may follow it.
  if (list.length > 99) {
    throw validationError(
      `Invalid number of operands for operator or function; operator or function: IN, number of operands: ${list.length + 1}`,
    );
  }
  return { kind: 'in', operand, list };
}

function checkedOperand(operand: OperandSyntax): OperandSyntax {
  if (operand.kind === 'call') checkCall(operand);
  return operand;
}

function checkCall(call: CallSyntax): void {
  const operandCount = FUNCTIONS[call.name];
  if (call.name === 'if_not_exists' || call.name === 'list_append') throw misused(call.name);
  if (operandCount === undefined) throw validationError(`Invalid function name; function: ${call.name}`);
  if (operandCount !== call.args.length) {
    throw validationError(
      'Incorrect number of operands for operator or function; ' +
        `operator or function: ${call.name}, number of operands: ${call.args.length}`,
    );
  }
  for (const arg of call.args) if (arg.kind === 'call') checkCall(arg);
  refuseTests(call.args);
}

/** Only `size` has a value that can be compared. */
function refuseTests(operands: readonly OperandSyntax[]): void {
  for (const operand of operands) if (operand.kind === 'call' && operand.name !== 'size') throw misused(operand.name);
}

function misused(name: string) {
  return validationError(`The function is not allowed to be used this way in an expression; function: ${name}`);
}
