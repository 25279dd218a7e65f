/** Owns what a condition means: resolved against a request's placeholders, then asked of items. */
import { binaryLength, typeOf } from '../attribute-value';
import { validationError } from '../faults';
import type { AttributeType, AttributeValue, Item } from '../model';
import { compareValues, valuesEqual } from '../value-equality';
import { checkBounds, checkCallOperands, checkDistinct, checkOrderedOperand } from './condition-checks';
import type { Condition, Operand } from './condition-model';
import { type DocumentPath, valueAt } from './document-path';
import type { Placeholders } from './placeholders';
import type { CallSyntax, Comparator, ConditionSyntax, OperandSyntax } from './syntax';

/** Resolves placeholders and refuses operands that no item could satisfy. */
export function bindCondition(syntax: ConditionSyntax, placeholders: Placeholders): Condition {
  switch (syntax.kind) {
    case 'and':
    case 'or':
      return {
        kind: syntax.kind,
        left: bindCondition(syntax.left, placeholders),
        right: bindCondition(syntax.right, placeholders),
      };
    case 'not':
      return { kind: 'not', condition: bindCondition(syntax.condition, placeholders) };
    case 'compare': {
      const left = bindOperand(syntax.left, placeholders);
      const right = bindOperand(syntax.right, placeholders);
      checkDistinct(syntax.comparator, [left, right]);
      if (syntax.comparator !== '=' && syntax.comparator !== '<>') {
        checkOrderedOperand(syntax.comparator, left);
        checkOrderedOperand(syntax.comparator, right);
      }
      return { kind: 'compare', comparator: syntax.comparator, left, right };
    }
    case 'between': {
      const operand = bindOperand(syntax.operand, placeholders);
      const low = bindOperand(syntax.low, placeholders);
      const high = bindOperand(syntax.high, placeholders);
      checkBounds(low, high);
      return { kind: 'between', operand, low, high };
    }
    case 'in':
      return {
        kind: 'in',
        operand: bindOperand(syntax.operand, placeholders),
        list: syntax.list.map((entry) => bindOperand(entry, placeholders)),
      };
    case 'test':
      return bindTest(syntax.call, placeholders);
  }
}

/** True when the condition holds for an item; a missing item is an empty one. */
export function holds(condition: Condition, item: Item): boolean {
  switch (condition.kind) {
    case 'and':
      return holds(condition.left, item) && holds(condition.right, item);
    case 'or':
      return holds(condition.left, item) || holds(condition.right, item);
    case 'not':
      return !holds(condition.condition, item);
    case 'compare':
      return compare(condition.comparator, operandValue(condition.left, item), operandValue(condition.right, item));
    case 'between': {
      const value = operandValue(condition.operand, item);
      return (
        compare('>=', value, operandValue(condition.low, item)) &&
        compare('<=', value, operandValue(condition.high, item))
      );
    }
    case 'in': {
      const value = operandValue(condition.operand, item);
      return condition.list.some((entry) => compare('=', value, operandValue(entry, item)));
    }
    case 'test':
      return test(condition.name, condition.args, item);
  }
}

/** The paths that a condition reads. */
export function conditionPaths(condition: Condition): DocumentPath[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return [...conditionPaths(condition.left), ...conditionPaths(condition.right)];
    case 'not':
      return conditionPaths(condition.condition);
    case 'compare':
      return operandPaths([condition.left, condition.right]);
    case 'between':
      return operandPaths([condition.operand, condition.low, condition.high]);
    case 'in':
      return operandPaths([condition.operand, ...condition.list]);
    case 'test':
      return operandPaths(condition.args);
  }
}

function operandPaths(operands: readonly Operand[]): DocumentPath[] {
  return operands.flatMap((operand) => {
    if (operand.kind === 'path') return [operand.path];
    return operand.kind === 'size' ? operandPaths([operand.of]) : [];
  });
}

function bindOperand(syntax: OperandSyntax, placeholders: Placeholders): Operand {
  switch (syntax.kind) {
    case 'path':
      return { kind: 'path', path: placeholders.path(syntax) };
    case 'value':
      return { kind: 'value', value: placeholders.value(syntax) };
    case 'call': {
      const [of] = syntax.args.map((arg) => bindOperand(arg, placeholders));
      checkCallOperands('size', [of!]);
      return { kind: 'size', of: of! };
    }
    case 'arithmetic':
      throw validationError(`Syntax error; token: "${syntax.operator}", near: "${syntax.operator}"`);
  }
}

function bindTest(call: CallSyntax, placeholders: Placeholders): Condition {
  const args = call.args.map((arg) => bindOperand(arg, placeholders));
  checkDistinct(call.name, args);
  checkCallOperands(call.name, args);
  return { kind: 'test', name: call.name, args };
}

function operandValue(operand: Operand, item: Item): AttributeValue | undefined {
  if (operand.kind === 'value') return operand.value;
  if (operand.kind === 'path') return valueAt(item, operand.path);
  const value = operandValue(operand.of, item);
  const size = value && sizeOf(value);
  return size === undefined ? undefined : { N: String(size) };
}

function sizeOf(value: AttributeValue): number | undefined {
  if (value.S !== undefined) return value.S.length;
  if (value.B !== undefined) return binaryLength(value.B);
  if (value.M) return Object.keys(value.M).length;
  return (value.L ?? value.SS ?? value.NS ?? value.BS)?.length;
}

function compare(comparator: Comparator, left: AttributeValue | undefined, right: AttributeValue | undefined): boolean {
  if (comparator === '=') return left !== undefined && right !== undefined && valuesEqual(left, right);
  if (comparator === '<>') return !left || !right || !valuesEqual(left, right);
  const order = left && right && compareValues(left, right);
  if (order === undefined) return false;
  if (comparator === '<') return order < 0;
  if (comparator === '<=') return order <= 0;
  return comparator === '>' ? order > 0 : order >= 0;
}

function test(name: string, args: readonly Operand[], item: Item): boolean {
  const first = operandValue(args[0]!, item);
  if (name === 'attribute_exists') return first !== undefined;
  if (name === 'attribute_not_exists') return first === undefined;
  const second = operandValue(args[1]!, item);
  if (!first || !second) return false;
  if (name === 'attribute_type') return typeOf(first) === (second.S as AttributeType);
  return name === 'begins_with' ? beginsWith(first, second) : contains(first, second);
}

function beginsWith(value: AttributeValue, prefix: AttributeValue): boolean {
  if (value.S !== undefined && prefix.S !== undefined) return value.S.startsWith(prefix.S);
  if (value.B === undefined || prefix.B === undefined) return false;
  return bytes(value.B).startsWith(bytes(prefix.B));
}

function contains(value: AttributeValue, part: AttributeValue): boolean {
  if (value.S !== undefined) return part.S !== undefined && value.S.includes(part.S);
  if (value.B !== undefined) return part.B !== undefined && bytes(value.B).includes(bytes(part.B));
  if (value.L) return value.L.some((member) => valuesEqual(member, part));
  if (value.SS) return part.S !== undefined && value.SS.includes(part.S);
  if (value.NS) return part.N !== undefined && value.NS.includes(part.N);
  return part.B !== undefined && (value.BS?.includes(part.B) ?? false);
}

function bytes(base64: string): string {
  return Buffer.from(base64, 'base64').toString('latin1');
}
