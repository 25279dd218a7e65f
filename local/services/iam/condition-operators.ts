import { BlockList, isIPv4 } from 'node:net';
import { matchesWildcard, plain } from './wildcard';

/** How an operator compares one value of the request with one pattern of the policy. */
export interface ConditionOperator {
  /** `StringNotEquals` holds when no value matches; also when the request has no such key. */
  readonly isNegated: boolean;
  /** Whether policy variables are filled in. */
  readonly takesVariables: boolean;
  matches(value: string, pattern: string): boolean;
}

function text(matches: ConditionOperator['matches']): Omit<ConditionOperator, 'isNegated'> {
  return { takesVariables: true, matches };
}

function typed<T>(parse: (text: string) => T | undefined, holds: (value: T, wanted: T) => boolean) {
  const matches = (value: string, pattern: string) => {
    const [left, right] = [parse(value), parse(pattern)];
    return left !== undefined && right !== undefined && holds(left, right);
  };
  return { takesVariables: false, matches };
}

const POSITIVE: Record<string, Omit<ConditionOperator, 'isNegated'>> = {
  StringEquals: text((value, pattern) => value === plain(pattern)),
  StringEqualsIgnoreCase: text((value, pattern) => value.toLowerCase() === plain(pattern).toLowerCase()),
  StringLike: text((value, pattern) => matchesWildcard(pattern, value)),
  // AWS: "Each of the six colon-delimited components of the ARN is checked separately"; ArnEquals behaves as ArnLike.
  ArnEquals: text(matchesArn),
  ArnLike: text(matchesArn),
  NumericEquals: typed(toNumber, (a, b) => a === b),
  NumericLessThan: typed(toNumber, (a, b) => a < b),
  NumericLessThanEquals: typed(toNumber, (a, b) => a <= b),
  NumericGreaterThan: typed(toNumber, (a, b) => a > b),
  NumericGreaterThanEquals: typed(toNumber, (a, b) => a >= b),
  DateEquals: typed(toTime, (a, b) => a === b),
  DateLessThan: typed(toTime, (a, b) => a < b),
  DateLessThanEquals: typed(toTime, (a, b) => a <= b),
  DateGreaterThan: typed(toTime, (a, b) => a > b),
  DateGreaterThanEquals: typed(toTime, (a, b) => a >= b),
  Bool: typed(
    (value) => value.toLowerCase(),
    (a, b) => a === b,
  ),
  BinaryEquals: typed(
    (value) => Buffer.from(value, 'base64').toString('hex'),
    (a, b) => a === b,
  ),
  IpAddress: { takesVariables: false, matches: (value, pattern) => isInBlock(value, pattern) },
};

/** Operators by name, without set prefix and `IfExists`; `Null` is of its own kind and not among them. */
export const CONDITION_OPERATORS: ReadonlyMap<string, ConditionOperator> = new Map(
  Object.entries(POSITIVE).flatMap(([name, operator]): [string, ConditionOperator][] => {
    const negated = negatedName(name);
    const positive: [string, ConditionOperator] = [name, { ...operator, isNegated: false }];
    return negated ? [positive, [negated, { ...operator, isNegated: true }]] : [positive];
  }),
);

function negatedName(name: string): string | undefined {
  if (name === 'IpAddress') return 'NotIpAddress';
  const match = /^(String|Arn|Numeric|Date)(Equals|EqualsIgnoreCase|Like)$/.exec(name);
  return match ? `${match[1]}Not${match[2]}` : undefined;
}

function matchesArn(value: string, pattern: string): boolean {
  const [values, patterns] = [arnParts(value), arnParts(pattern)];
  if (!values) return false;
  if (!patterns) return pattern === '*';
  return patterns.every((part, index) => matchesWildcard(part, values[index]!));
}

function arnParts(arn: string): string[] | undefined {
  const parts = arn.split(':');
  return parts.length < 6 ? undefined : [...parts.slice(0, 5), parts.slice(5).join(':')];
}

function toNumber(value: string): number | undefined {
  const number = Number(value);
  return value.trim() === '' || Number.isNaN(number) ? undefined : number;
}

/** ISO 8601, or seconds since the epoch. */
function toTime(value: string): number | undefined {
  const time = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : Date.parse(value);
  return Number.isNaN(time) ? undefined : time;
}

function isInBlock(address: string, block: string): boolean {
  const [network = '', prefix] = block.split('/');
  try {
    const family = isIPv4(network) ? 'ipv4' : 'ipv6';
    const list = new BlockList();
    list.addSubnet(network, prefix === undefined ? (family === 'ipv4' ? 32 : 128) : Number(prefix), family);
    return list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6');
  } catch {
    return false;
  }
}
