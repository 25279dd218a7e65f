/** Owns what a KeyConditionExpression may say, and the stretch of a sorted partition that it selects. */
import type { Condition, Operand } from './expressions/condition-model';
import { invalidParameter, validationError } from './faults';
import { fits, hashText } from './key-schema';
import type { AttributeValue, Entry, KeyAttribute, KeySchema } from './model';
import { sortKeyText } from './sort-key';

/** A condition on one key attribute. */
interface AttributeCondition {
  readonly name: string;
  readonly operator: '=' | '<' | '<=' | '>' | '>=' | 'between' | 'begins_with';
  readonly values: readonly AttributeValue[];
}

/** What a Query reads: one partition, and a part of it. */
export interface KeySelection {
  readonly hash: string;
  /** Positions of the first entry and of the one after the last. */
  stretch(entries: readonly Entry[]): readonly [number, number];
}

/** Reads a key condition against a table's or index's key. */
export function readKeyCondition(condition: Condition, keys: KeySchema): KeySelection {
  const conditions = new Map<string, AttributeCondition>();
  collect(condition, conditions);
  const expected = keys.range ? 2 : 1;
  if (conditions.size > expected) {
    throw keys.range
      ? validationError(
          `The number of query conditions (${conditions.size}) exceeds the number of key attributes defined in the schema (${expected})`,
        )
      : validationError('Query key condition not supported');
  }
  const hash = conditions.get(keys.hash.name);
  if (!hash) throw validationError(`Query condition missed key schema element: ${keys.hash.name}`);
  checkType(keys.hash, hash);
  if (hash.operator !== '=') throw validationError('Query key condition not supported');
  const range = keys.range && conditions.get(keys.range.name);
  if (conditions.size === 2 && !range) {
    throw validationError(`Query condition missed key schema element: ${keys.range!.name}`);
  }
  if (range) checkType(keys.range!, range);
  return {
    hash: hashText(keys.hash, hash.values[0]!),
    stretch: (entries) => (range ? stretchOf(keys.range!, range, entries) : [0, entries.length]),
  };
}

function collect(condition: Condition, found: Map<string, AttributeCondition>): void {
  if (condition.kind === 'and') {
    collect(condition.left, found);
    collect(condition.right, found);
    return;
  }
  const read = readAttributeCondition(condition);
  if (found.has(read.name)) {
    throw validationError(
      'Invalid KeyConditionExpression: KeyConditionExpressions must only contain one condition per key',
    );
  }
  found.set(read.name, read);
}

const MIRRORED = { '=': '=', '<': '>', '<=': '>=', '>': '<', '>=': '<=' } as const;

function readAttributeCondition(condition: Condition): AttributeCondition {
  switch (condition.kind) {
    case 'compare': {
      const { comparator, left, right } = condition;
      if (comparator === '<>') throw invalidOperator('<>');
      if (left.kind === 'path' && right.kind === 'path') {
        throw validationError(
          'Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition',
        );
      }
      return left.kind === 'path'
        ? { name: attributeName(left), operator: comparator, values: [operandConstant(right)] }
        : { name: attributeName(right), operator: MIRRORED[comparator], values: [operandConstant(left)] };
    }
    case 'between': {
      const { operand, low, high } = condition;
      if (operand.kind !== 'path') throw firstOperand('BETWEEN');
      return {
        name: attributeName(operand),
        operator: 'between',
        values: [operandConstant(low), operandConstant(high)],
      };
    }
    case 'test': {
      if (condition.name !== 'begins_with') throw invalidOperator(condition.name);
      const [operand, prefix] = condition.args as [Operand, Operand];
      if (operand.kind !== 'path') throw firstOperand('begins_with');
      return { name: attributeName(operand), operator: 'begins_with', values: [operandConstant(prefix)] };
    }
    default:
      throw invalidOperator(condition.kind.toUpperCase());
  }
}

function attributeName(operand: Operand): string {
  if (operand.kind === 'size') throw validationError('KeyConditionExpressions cannot contain nested operations');
  if (operand.kind === 'value') {
    throw validationError('Invalid condition in KeyConditionExpression: No key attribute specified');
  }
  if (operand.path.length > 1) {
    throw validationError('KeyConditionExpressions cannot have conditions on nested attributes');
  }
  return operand.path[0] as string;
}

function operandConstant(operand: Operand): AttributeValue {
  if (operand.kind === 'value') return operand.value;
  if (operand.kind === 'size') throw validationError('KeyConditionExpressions cannot contain nested operations');
  throw validationError('Invalid condition in KeyConditionExpression: Multiple attribute names used in one condition');
}

function checkType(attribute: KeyAttribute, condition: AttributeCondition): void {
  for (const value of condition.values) {
    if (!fits(attribute, value)) {
      throw invalidParameter('Condition parameter type does not match schema type');
    }
    if (value[attribute.type] === '' && condition.operator !== 'begins_with') {
      throw validationError(
        'One or more parameter values are not valid. The AttributeValue for a key attribute cannot contain an empty ' +
          `${attribute.type === 'S' ? 'string' : 'binary'} value. Key: ${attribute.name}`,
      );
    }
  }
}

function stretchOf(
  attribute: KeyAttribute,
  { operator, values }: AttributeCondition,
  entries: readonly Entry[],
): readonly [number, number] {
  const [first, second] = values.map((value) => sortKeyText(attribute, value)) as [string, string?];
  const before = (text: string) => countWhile(entries, (entry) => entry.range < text);
  const upTo = (text: string) => countWhile(entries, (entry) => entry.range <= text);
  switch (operator) {
    case '=':
      return [before(first), upTo(first)];
    case '<':
      return [0, before(first)];
    case '<=':
      return [0, upTo(first)];
    case '>':
      return [upTo(first), entries.length];
    case '>=':
      return [before(first), entries.length];
    case 'between':
      return [before(first), upTo(second!)];
    case 'begins_with':
      return [before(first), countWhile(entries, ({ range }) => range < first || range.startsWith(first))];
  }
}

/** How many entries from the first on satisfy a test that, once false, stays false. */
function countWhile(entries: readonly Entry[], test: (entry: Entry) => boolean): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (test(entries[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function invalidOperator(operator: string) {
  return validationError(`Invalid operator used in KeyConditionExpression: ${operator}`);
}

function firstOperand(operator: string) {
  return validationError(
    `Invalid condition in KeyConditionExpression: ${operator} operator must have the key attribute as its first operand`,
  );
}
