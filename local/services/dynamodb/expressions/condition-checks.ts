import { typeOf } from '../attribute-value';
import { validationError } from '../faults';
import type { AttributeType, AttributeValue } from '../model';
import { compareValues } from '../value-equality';
import type { Operand } from './condition-model';
import { describePath, samePath } from './document-path';

const ORDERED: ReadonlySet<string> = new Set(['S', 'N', 'B']);
const TYPE_NAMES: ReadonlySet<string> = new Set(['S', 'N', 'B', 'NULL', 'SS', 'BOOL', 'L', 'BS', 'NS', 'M']);

/** The type that an operand has in every item, or undefined when it depends on the item. */
function fixedType(operand: Operand): AttributeType | undefined {
  if (operand.kind === 'value') return typeOf(operand.value);
  return operand.kind === 'size' ? 'N' : undefined;
}

/** Refuses two operands that are one path. */
export function checkDistinct(operator: string, operands: readonly Operand[]): void {
  const [first, second] = operands;
  if (first?.kind !== 'path' || second?.kind !== 'path' || !samePath(first.path, second.path)) return;
  throw validationError(
    'The first operand must be distinct from the remaining operands for this operator or function; ' +
      `operator: ${operator}, first operand: ${describePath(first.path)}`,
  );
}

/** Refuses an operand whose type has no order. */
export function checkOrderedOperand(operator: string, operand: Operand): void {
  const type = fixedType(operand);
  if (type && !ORDERED.has(type)) throw wrongType(operator, type);
}

/** Refuses bounds of BETWEEN that have no order, differ in type or are the wrong way round. */
export function checkBounds(low: Operand, high: Operand): void {
  checkOrderedOperand('BETWEEN', low);
  checkOrderedOperand('BETWEEN', high);
  if (low.kind !== 'value' || high.kind !== 'value') return;
  if (typeOf(low.value) !== typeOf(high.value)) {
    throw validationError(
      `The BETWEEN operator requires same data type for lower and upper bounds; ${both(low, high)}`,
    );
  }
  if (compareValues(low.value, high.value)! > 0) {
    throw validationError(
      `The BETWEEN operator requires upper bound to be greater than or equal to lower bound; ${both(low, high)}`,
    );
  }
}

/** Refuses arguments that a function of a condition does not take. */
export function checkCallOperands(name: string, args: readonly Operand[]): void {
  const [first, second] = args;
  if (name === 'attribute_exists' || name === 'attribute_not_exists') {
    if (first?.kind !== 'path') {
      throw validationError(`Operator or function requires a document path; operator or function: ${name}`);
    }
  } else if (name === 'begins_with') {
    for (const operand of args) {
      const type = fixedType(operand);
      if (type && type !== 'S' && type !== 'B') throw wrongType(name, type);
    }
  } else if (name === 'attribute_type') {
    const type = second && fixedType(second);
    if (type !== 'S') throw wrongType(name, type ?? '{NS,SS,L,BS,N,M,B,BOOL,NULL,S}');
    const wanted = (second as { value: AttributeValue }).value.S!;
    if (!TYPE_NAMES.has(wanted)) {
      throw validationError(
        `Invalid attribute type name found; type: ${wanted}, valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}`,
      );
    }
  } else if (name === 'size') {
    const type = first && fixedType(first);
    if (type === 'N' || type === 'BOOL' || type === 'NULL') throw wrongType(name, type);
  }
}

function both(low: { value: AttributeValue }, high: { value: AttributeValue }): string {
  return `lower bound operand: AttributeValue: ${describe(low.value)}, upper bound operand: AttributeValue: ${describe(high.value)}`;
}

function describe(value: AttributeValue): string {
  const type = typeOf(value);
  return `{${type}:${value[type]}}`;
}

function wrongType(operator: string, type: string) {
  return validationError(
    `Incorrect operand type for operator or function; operator or function: ${operator}, operand type: ${type}`,
  );
}
