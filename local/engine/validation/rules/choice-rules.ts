import { type Fields, isFields, type Scope } from '../definition-tree';
import { type Diagnostic, moreThanOneOf, noneOf, schemaError, unsupportedField } from '../diagnostic';
import { wrongLanguage } from './known-fields';
import { isTimestampText } from './literal-values';
import { isDowngraded } from './query-languages';
import { required } from './required-fields';

const KINDS = ['And', 'Or', 'Not', 'Variable', 'Condition'] as const;
const ORDERS = ['Equals', 'LessThan', 'GreaterThan', 'LessThanEquals', 'GreaterThanEquals'];

/** Every comparison, in the order in which AWS lists them. */
const OPERATORS: readonly string[] = [
  ...withPaths('String', ORDERS),
  'StringMatches',
  ...withPaths('Numeric', ORDERS),
  ...withPaths('Boolean', ['Equals']),
  ...withPaths('Timestamp', ORDERS),
  ...['IsNull', 'IsPresent', 'IsNumeric', 'IsString', 'IsBoolean', 'IsTimestamp'],
];
const IN_EVERY_RULE: ReadonlySet<string> = new Set([...KINDS, ...OPERATORS, 'Comment']);
const IN_OUTER_RULES: ReadonlySet<string> = new Set(['Next', 'Assign', 'Output']);

/** Each rule of a Choice has a target and, by language, a condition or a comparison. */
export function choiceRules(scope: Scope, machineIsJsonata: boolean): Diagnostic[] {
  return scope.states.flatMap((state) => {
    const { Type: type, Choices: choices } = state.fields;
    if (type !== 'Choice' || !Array.isArray(choices)) return [];
    return choices.flatMap((rule, index) => {
      const place = `${state.location}/Choices[${index}]`;
      if (!isFields(rule)) return [schemaError(place, 'Expected value of type Object')];
      if (state.language === 'JSONata') return condition(rule, place);
      return [...outerRule(rule, place, isDowngraded(state, machineIsJsonata)), ...comparison(rule, place)];
    });
  });
}

function condition(rule: Fields, place: string): Diagnostic[] {
  const missing = ['Condition', 'Next'].filter((field) => rule[field] === undefined);
  const found = missing.length > 0 ? [required(place, missing)] : [];
  return rule.Variable === undefined ? found : [...found, wrongLanguage(place, 'Variable', 'JSONata')];
}

function outerRule(rule: Fields, place: string, isStateDowngraded: boolean): Diagnostic[] {
  const found = rule.Next === undefined ? [required(place, ['Next'])] : [];
  if (rule.Condition === undefined || isStateDowngraded) return found;
  return [...found, wrongLanguage(place, 'Condition', 'JSONPath')];
}

function comparison(rule: Fields, place: string, isNested = false): Diagnostic[] {
  const found = Object.keys(rule)
    .filter((field) => !IN_EVERY_RULE.has(field) && (isNested || !IN_OUTER_RULES.has(field)))
    .map((field) => unsupportedField(place, field));
  if (rule.Condition !== undefined) return found;
  if (KINDS.filter((kind) => rule[kind] !== undefined).length !== 1) {
    const message = `The object must have only one of the following fields, [${KINDS.join(', ')}]`;
    return [...found, schemaError(place, message)];
  }
  for (const combination of ['And', 'Or'] as const) {
    const parts = rule[combination];
    if (parts !== undefined) return [...found, ...combined(parts, `${place}/${combination}`)];
  }
  if (rule.Not !== undefined)
    return isFields(rule.Not) ? [...found, ...comparison(rule.Not, `${place}/Not`, true)] : found;
  return [...found, ...single(rule, place)];
}

function combined(parts: unknown, place: string): Diagnostic[] {
  if (!Array.isArray(parts)) return [schemaError(place, 'Expected value of type Array')];
  if (parts.length === 0) return [schemaError(place, 'Value cannot be empty')];
  return parts.flatMap((part, index) => (isFields(part) ? comparison(part, `${place}[${index}]`, true) : []));
}

/** A variable and one operator with a value of its type. */
function single(rule: Fields, place: string): Diagnostic[] {
  const operators = OPERATORS.filter((operator) => rule[operator] !== undefined);
  if (operators.length === 0) return [noneOf(place, OPERATORS)];
  if (operators.length > 1) return [moreThanOneOf(place, OPERATORS)];
  const operator = operators[0]!;
  const found = path(rule.Variable, `${place}/Variable`);
  const at = `${place}/${operator}`;
  return [...found, ...(operator.endsWith('Path') ? path(rule[operator], at) : operand(operator, rule[operator], at))];
}

function path(value: unknown, place: string): Diagnostic[] {
  if (typeof value === 'string' && value.startsWith('$')) return [];
  return [schemaError(place, "Value is not a Reference Path: Reference path didn't start with '$'")];
}

function operand(operator: string, value: unknown, place: string): Diagnostic[] {
  const type = /^(?:Is|Boolean)/.test(operator) ? 'Boolean' : operator.startsWith('Numeric') ? 'Number' : 'String';
  if (typeof value !== type.toLowerCase()) return [schemaError(place, `Expected value of type ${type}`)];
  if (!operator.startsWith('Timestamp') || isTimestampText(String(value))) return [];
  return [schemaError(place, 'String does not match RFC3339 timestamp')];
}

function withPaths(type: string, orders: readonly string[]): string[] {
  return orders.flatMap((order) => [`${type}${order}`, `${type}${order}Path`]);
}
