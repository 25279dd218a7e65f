import type { ConditionKeys } from './condition-keys';
import { CONDITION_OPERATORS, type ConditionOperator } from './condition-operators';
import { malformedPolicy } from './faults';
import { expandVariables } from './policy-variables';

/** One key of a statement's Condition block; a statement applies when all of them hold. */
export type Condition = (keys: ConditionKeys) => boolean;

const OPERATOR_NAME = /^(?:(ForAllValues|ForAnyValue):)?([A-Za-z]+?)(IfExists)?$/;

/**
 * Reads a Condition block. Throws AwsError MalformedPolicyDocument for an operator that AWS does not know.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
export function compileConditions(block: unknown, hasVariables: boolean): Condition[] {
  if (block === undefined) return [];
  if (block === null || typeof block !== 'object' || Array.isArray(block)) {
    throw malformedPolicy(`Condition is ${JSON.stringify(block)}, not an object of operators`);
  }
  return Object.entries(block).flatMap(([name, byKey]) =>
    Object.entries((byKey ?? {}) as Record<string, unknown>).map(([key, values]) =>
      compileCondition(name, key, listOf(values), hasVariables),
    ),
  );
}

function compileCondition(name: string, key: string, patterns: readonly string[], hasVariables: boolean): Condition {
  // A key without any value is as good as none.
  if (name === 'Null') return (keys) => patterns.includes(String(!keys.get(key)?.length));
  const [, set, base = '', ifExists] = OPERATOR_NAME.exec(name) ?? [];
  const operator = CONDITION_OPERATORS.get(base);
  if (!operator) throw malformedPolicy(`Invalid Condition type : ${name}`);
  const expands = hasVariables && operator.takesVariables;
  return (keys) => {
    const values = keys.get(key);
    // With IfExists too, as AWS decides: https://repost.aws/questions/QU9HFmDzP0QGuU-fd7rS6B7w
    if (values === undefined && set) return set === 'ForAllValues';
    if (values === undefined) return ifExists !== undefined || operator.isNegated;
    const known = expands ? expandAll(patterns, keys) : patterns;
    if (set === 'ForAllValues') return values.every((value) => holds(operator, value, known));
    if (set === 'ForAnyValue') return values.some((value) => holds(operator, value, known));
    // Without a set operator a key of many values is asked for as a whole.
    return operator.isNegated
      ? values.every((value) => holds(operator, value, known))
      : values.some((value) => holds(operator, value, known));
  };
}

function holds(operator: ConditionOperator, value: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => operator.matches(value, pattern)) !== operator.isNegated;
}

function expandAll(patterns: readonly string[], keys: ConditionKeys): string[] {
  return patterns.flatMap((pattern) => expandVariables(pattern, keys) ?? []);
}

function listOf(values: unknown): string[] {
  return (Array.isArray(values) ? values : [values]).map(String);
}
