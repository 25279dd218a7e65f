/**
 * The event patterns of `FilterCriteria`, checked and matched.
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 */
import { invalidParameter } from '../faults';

type Pattern = { [key: string]: Pattern | unknown[] };

/** Reads a filter. Throws InvalidParameterValueException, in AWS's words. */
export function readFilterPattern(text: string): Pattern {
  let pattern: unknown;
  try {
    pattern = JSON.parse(text);
  } catch {
    throw invalid();
  }
  checkPattern(pattern);
  return pattern as Pattern;
}

/** Whether a record matches one of the filters; without filters every record does. */
export function passesFilters(patterns: readonly Pattern[], record: unknown): boolean {
  return patterns.length === 0 || patterns.some((pattern) => matchesPattern(pattern, record));
}

function invalid() {
  return invalidParameter('Invalid filter pattern definition.');
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkPattern(pattern: unknown): void {
  if (!isObject(pattern) || Object.keys(pattern).length === 0) throw invalid();
  for (const [key, value] of Object.entries(pattern)) {
    if (key === '$or' && Array.isArray(value) && value.every(isObject)) value.forEach(checkPattern);
    else if (Array.isArray(value)) {
      if (value.length === 0) throw invalid();
      for (const rule of value) checkRule(rule);
    } else checkPattern(value);
  }
}

const OPERATORS = new Set(['prefix', 'suffix', 'anything-but', 'numeric', 'exists', 'equals-ignore-case']);

function checkRule(rule: unknown): void {
  if (Array.isArray(rule)) throw invalid();
  if (!isObject(rule)) return;
  const [operator, ...others] = Object.keys(rule);
  if (operator === undefined || others.length > 0 || !OPERATORS.has(operator)) throw invalid();
  const operand = rule[operator];
  if (operator === 'numeric' && !isNumericRule(operand)) throw invalid();
  if (operator === 'exists' && typeof operand !== 'boolean') throw invalid();
  if (['prefix', 'suffix', 'equals-ignore-case'].includes(operator) && typeof operand !== 'string') throw invalid();
}

function isNumericRule(operand: unknown): operand is unknown[] {
  if (!Array.isArray(operand) || operand.length === 0 || operand.length % 2 !== 0) return false;
  return operand.every((part, i) =>
    i % 2 === 0 ? ['<', '<=', '=', '>', '>='].includes(part as string) : typeof part === 'number',
  );
}

function matchesPattern(pattern: Pattern, value: unknown): boolean {
  return Object.entries(pattern).every(([key, expected]) => {
    if (key === '$or' && Array.isArray(expected) && expected.every(isObject)) {
      return expected.some((alternative) => matchesPattern(alternative as Pattern, value));
    }
    const actual = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
    if (!Array.isArray(expected)) {
      if (Array.isArray(actual)) return actual.some((item) => matchesPattern(expected, item));
      return matchesPattern(expected, actual);
    }
    const candidates = Array.isArray(actual) ? actual : [actual];
    return expected.some((rule) =>
      isObject(rule) && 'exists' in rule
        ? rule.exists === (actual !== undefined && !isObject(actual))
        : candidates.some((candidate) => matchesRule(rule, candidate)),
    );
  });
}

function matchesRule(rule: unknown, value: unknown): boolean {
  if (!isObject(rule)) return value !== undefined && rule === value;
  const [operator] = Object.keys(rule);
  const operand = rule[operator!];
  switch (operator) {
    case 'prefix':
      return typeof value === 'string' && value.startsWith(operand as string);
    case 'suffix':
      return typeof value === 'string' && value.endsWith(operand as string);
    case 'equals-ignore-case':
      return typeof value === 'string' && value.toLowerCase() === (operand as string).toLowerCase();
    case 'numeric':
      return typeof value === 'number' && matchesNumeric(operand as unknown[], value);
    case 'anything-but':
      return value !== undefined && !isObject(value) && !matchesAny(operand, value);
    default:
      return false;
  }
}

function matchesAny(operand: unknown, value: unknown): boolean {
  const rules = Array.isArray(operand) ? operand : [operand];
  return rules.some((rule) => matchesRule(rule, value));
}

function matchesNumeric(operand: unknown[], value: number): boolean {
  for (let i = 0; i < operand.length; i += 2) {
    const limit = operand[i + 1] as number;
    const holds = {
      '<': value < limit,
      '<=': value <= limit,
      '=': value === limit,
      '>': value > limit,
      '>=': value >= limit,
    };
    if (!holds[operand[i] as '<']) return false;
  }
  return true;
}
