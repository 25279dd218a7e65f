import type { Scope, StateNode } from '../definition-tree';
import { type Diagnostic, notOneOf, schemaError } from '../diagnostic';
import { opensExpression } from '../query-language';

const RFC3339 = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):(\d{2}):(\d{2})(?:\.\d+)?(?:Z|[+-](\d{2}):(\d{2}))$/;

/** Field, least and greatest value; how AWS shows them. */
const RANGES: readonly (readonly [string, number, number, string, string])[] = [
  ['TimeoutSeconds', 1, 99999999, '1', '99999999'],
  ['HeartbeatSeconds', 1, 99999999, '1', '99999999'],
  ['Seconds', 0, 99999999, '0', '99999999'],
  ['MaxConcurrency', 0, Number.POSITIVE_INFINITY, '0', ''],
  ['ToleratedFailureCount', 0, Number.POSITIVE_INFINITY, '0', ''],
  ['ToleratedFailurePercentage', 0, 100, '0.0', '100.0'],
];

/** Numbers in their ranges, timestamps that are points in time, and the one version of the language. */
export function literalValues(scope: Scope): Diagnostic[] {
  const { Version: version } = scope.fields;
  const isKnown = scope.kind !== 'machine' || version === undefined || version === '1.0';
  const found = scope.states.flatMap((state) => [...ranges(state), ...timestamp(state)]);
  return isKnown ? found : [notOneOf('/Version', ['1.0']), ...found];
}

function ranges({ fields, location, language }: StateNode): Diagnostic[] {
  return RANGES.flatMap(([field, least, greatest, shownLeast, shownGreatest]) => {
    const value = fields[field];
    if (value === undefined || (language === 'JSONata' && opensExpression(value))) return [];
    if (typeof value !== 'number' || (field !== 'ToleratedFailurePercentage' && !Number.isInteger(value))) {
      return [schemaError(`${location}/${field}`, 'Expected value of type Integer')];
    }
    if (value < least) return [schemaError(`${location}/${field}`, `Minimum value is ${shownLeast}`)];
    if (value > greatest) return [schemaError(`${location}/${field}`, `Maximum value is ${shownGreatest}`)];
    return [];
  });
}

function timestamp({ fields, location, language }: StateNode): Diagnostic[] {
  const { Type: type, Timestamp: value } = fields;
  if (type !== 'Wait' || typeof value !== 'string') return [];
  if (language === 'JSONata' && opensExpression(value)) return [];
  if (isTimestampText(value)) return [];
  return [schemaError(`${location}/Timestamp`, 'String does not match RFC3339 timestamp')];
}

/** True for a point in time that exists, with seconds and a zone. */
export function isTimestampText(text: string): boolean {
  const match = RFC3339.exec(text);
  if (!match) return false;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth && hour < 24 && minute < 60 && second < 60;
}
