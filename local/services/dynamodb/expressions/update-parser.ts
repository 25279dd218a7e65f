import { validationError } from '../faults';
import { parseOperand, parsePath } from './operand-parser';
import type { OperandSyntax, UpdateClauseSyntax } from './syntax';
import { TokenReader } from './token';

const SECTIONS = ['SET', 'REMOVE', 'ADD', 'DELETE'] as const;
/** Known to DynamoDB, but only in conditions. */
const CONDITION_FUNCTIONS: ReadonlySet<string> = new Set([
  'attribute_exists',
  'attribute_not_exists',
  'attribute_type',
  'begins_with',
  'contains',
  'size',
]);

type Section = (typeof SECTIONS)[number];

/**
 * Parses an UpdateExpression.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.UpdateExpressions.html
 */
export function parseUpdate(expression: string): readonly UpdateClauseSyntax[] {
  const reader = new TokenReader(expression);
  const clauses: UpdateClauseSyntax[] = [];
  const seen = new Set<Section>();
  do {
    const section = SECTIONS.find((keyword) => reader.isKeyword(keyword));
    if (!section) throw reader.unexpected();
    reader.next();
    if (seen.has(section)) {
      throw validationError(`The "${section}" section can only be used once in an update expression;`);
    }
    seen.add(section);
    do clauses.push(parseClause(reader, section));
    while (reader.takeSymbol(','));
  } while (reader.peek().kind !== 'end');
  return clauses;
}

function parseClause(reader: TokenReader, section: Section): UpdateClauseSyntax {
  const path = parsePath(reader);
  if (section === 'REMOVE') return { kind: 'remove', path };
  if (section === 'SET') {
    reader.expectSymbol('=');
    return { kind: 'set', path, value: parseSetValue(reader) };
  }
  if (reader.peek().kind !== 'value') throw reader.unexpected();
  const value = { kind: 'value', placeholder: reader.next().text } as const;
  return { kind: section === 'ADD' ? 'add' : 'delete', path, value };
}

function parseSetValue(reader: TokenReader): OperandSyntax {
  const left = parseSetOperand(reader);
  for (const operator of ['+', '-'] as const) {
    if (reader.takeSymbol(operator)) return { kind: 'arithmetic', operator, left, right: parseSetOperand(reader) };
  }
  return left;
}

function parseSetOperand(reader: TokenReader): OperandSyntax {
  if (reader.takeSymbol('(')) {
    const value = parseSetValue(reader);
    reader.expectSymbol(')');
    return value;
  }
  const operand = parseOperand(reader);
  checkFunctions(operand);
  return operand;
}

function checkFunctions(operand: OperandSyntax): void {
  if (operand.kind !== 'call') return;
  if (CONDITION_FUNCTIONS.has(operand.name)) {
    throw validationError(
      `The function is not allowed to be used this way in an expression; function: ${operand.name}`,
    );
  }
  if (operand.name !== 'if_not_exists' && operand.name !== 'list_append') {
    throw validationError(`Invalid function name; function: ${operand.name}`);
  }
  if (operand.args.length !== 2) {
    throw validationError(
      'Incorrect number of operands for operator or function; ' +
        `operator or function: ${operand.name}, number of operands: ${operand.args.length}`,
    );
  }
  if (operand.name === 'if_not_exists' && operand.args[0]!.kind !== 'path') {
    throw validationError('Operator or function requires a document path; operator or function: if_not_exists');
  }
  for (const arg of operand.args) checkFunctions(arg);
}
