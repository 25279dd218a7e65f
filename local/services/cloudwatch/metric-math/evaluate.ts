/**
 * Owns the meaning of metric math. Refuses what needs more than the queries of the request: SEARCH, ANOMALY_DETECTION_BAND,
 * SERVICE_QUOTA, INSIGHT_RULE_METRIC, LAMBDA and the queries of Metrics Insights.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html#metric-math-syntax-functions-list
 */
import { type Expression, parseExpression } from './parse';
import { REDUCERS, reduce, sortSeries } from './reducers';
import { BY_STEP, BY_VALUE, everywhere, fill, runningSum, steps } from './series-functions';
import { combine, MathError, type MathScope, mapSeries, put, type Series, type Value } from './values';

const OPERATORS: Readonly<Record<string, (a: number, b: number) => number>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '^': (a, b) => a ** b,
  '==': (a, b) => Number(a === b),
  '!=': (a, b) => Number(a !== b),
  '<': (a, b) => Number(a < b),
  '<=': (a, b) => Number(a <= b),
  '>': (a, b) => Number(a > b),
  '>=': (a, b) => Number(a >= b),
  '&&': (a, b) => Number(a !== 0 && b !== 0),
  '||': (a, b) => Number(a !== 0 || b !== 0),
};

/** Evaluates an expression. Throws MathError for what is not understood. */
export function evaluateMath(text: string, scope: MathScope): Value {
  return evaluate(parseExpression(text), scope);
}

function evaluate(expression: Expression, scope: MathScope): Value {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'name':
      return scope.valueOf(expression.name);
    case 'list':
      return expression.members.map((member) => {
        const value = evaluate(member, scope);
        if (!(value instanceof Map)) throw new MathError('an array has time series as its members');
        return value;
      });
    case 'operator':
      return combine(
        evaluate(expression.left, scope),
        evaluate(expression.right, scope),
        OPERATORS[expression.operator]!,
      );
    case 'call':
      return call(expression.name, expression.args, scope);
    case 'text':
      throw new MathError(`a text has no place here: ${expression.value}`);
  }
}

function call(name: string, args: readonly Expression[], scope: MathScope): Value {
  const special = SPECIAL[name];
  if (special) return special(args, scope);
  const byValue = BY_VALUE[name];
  const byStep = BY_STEP[name];
  const reducer = REDUCERS[name];
  if (!byValue && !byStep && !reducer) throw new MathError(`the function ${name} is not there`);
  if (args.length !== 1) throw new MathError(`${name} takes one argument`);
  const value = evaluate(args[0]!, scope);
  if (reducer) return reduce(value, reducer);
  if (typeof value === 'number') {
    if (byValue && OF_NUMBERS.has(name)) return byValue(value, 0);
    throw new MathError(`${name} takes a time series`);
  }
  return each(value, (series) => (byValue ? mapSeries(series, byValue) : steps(series, byStep!)));
}

/** Functions that are of use for a number as well. */
const OF_NUMBERS: ReadonlySet<string> = new Set(['ABS', 'CEIL', 'FLOOR', 'LOG', 'LOG10']);

const SPECIAL: Readonly<Record<string, (args: readonly Expression[], scope: MathScope) => Value>> = {
  METRICS: ([filter], scope) => {
    const text = filter === undefined ? '' : textOf(filter);
    return scope.metricIds.filter((id) => id.includes(text)).map((id) => scope.valueOf(id) as Series);
  },
  METRIC_COUNT: ([list], scope) => listOf(list, scope).length,
  FILL: ([first, filler], scope) => {
    const word = filler?.kind === 'name' && ['REPEAT', 'LINEAR'].includes(filler.name) ? filler.name : undefined;
    const by = (word as 'REPEAT' | 'LINEAR' | undefined) ?? evaluate(argument(filler), scope);
    return each(evaluate(argument(first), scope), (series) => fill(series, by, scope));
  },
  IF: ([condition, yes, no], scope) =>
    choose(
      evaluate(argument(condition), scope),
      evaluate(argument(yes), scope),
      no === undefined ? new Map() : evaluate(no, scope),
    ),
  TIME_SERIES: ([number], scope) => {
    const value = evaluate(argument(number), scope);
    if (typeof value !== 'number') throw new MathError('TIME_SERIES takes a number');
    return everywhere(value, scope);
  },
  PERIOD: ([series], scope) => {
    if (!(evaluate(argument(series), scope) instanceof Map)) throw new MathError('PERIOD takes a time series');
    return scope.periodSeconds;
  },
  RUNNING_SUM: ([series], scope) => each(evaluate(argument(series), scope), runningSum),
  FIRST: ([list], scope) => listOf(list, scope)[0] ?? new Map(),
  LAST: ([list], scope) => listOf(list, scope).at(-1) ?? new Map(),
  REMOVE_EMPTY: ([list], scope) => listOf(list, scope).filter((series) => series.size > 0),
  SLICE: ([list, from, to], scope) => {
    const [start, end] = [numberOf(from, scope), to && numberOf(to, scope)];
    const members = listOf(list, scope);
    return end === undefined ? (members[start] ?? new Map()) : members.slice(start, end);
  },
  SORT: ([list, by, direction, limit], scope) =>
    sortSeries(listOf(list, scope), textOf(by), textOf(direction), limit && numberOf(limit, scope)),
};

/** IF: by the condition at each time; no data point where the condition, or what it chooses, has none. */
function choose(condition: Value, yes: Value, no: Value): Value {
  if (typeof condition === 'number') return condition !== 0 ? yes : no;
  if (Array.isArray(condition) || Array.isArray(yes) || Array.isArray(no)) {
    throw new MathError('IF takes time series and numbers');
  }
  const result: Series = new Map();
  for (const [at, value] of condition) {
    const chosen = value !== 0 ? yes : no;
    const found = typeof chosen === 'number' ? chosen : chosen.get(at);
    if (found !== undefined) put(result, at, found);
  }
  return result;
}

function each(value: Value, of: (series: Series) => Series): Value {
  if (typeof value === 'number') throw new MathError('the function takes a time series or an array of time series');
  return value instanceof Map ? of(value) : value.map(of);
}

function argument(expression: Expression | undefined): Expression {
  if (!expression) throw new MathError('an argument is missing');
  return expression;
}

function listOf(expression: Expression | undefined, scope: MathScope): Series[] {
  const value = evaluate(argument(expression), scope);
  if (!Array.isArray(value)) throw new MathError('the function takes an array of time series');
  return value;
}

function numberOf(expression: Expression | undefined, scope: MathScope): number {
  const value = evaluate(argument(expression), scope);
  if (typeof value !== 'number') throw new MathError('the function takes a number');
  return value;
}

function textOf(expression: Expression | undefined): string {
  if (expression?.kind === 'text') return expression.value;
  if (expression?.kind === 'name') return expression.name;
  throw new MathError('the function takes a text');
}
