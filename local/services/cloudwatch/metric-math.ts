/**
 * Metric math: `+ - * /`, parentheses, numbers, ids of queries, and the functions SUM, AVG, MIN, MAX (of one series or of a
 * list in brackets) and FILL(series, number). Anything else is refused.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/using-metric-math.html
 */
import { invalidParameterValue } from './faults';

/** Values of a query by the start of their period, in seconds since the epoch. */
export type Series = Map<number, number>;

type Value = number | Series | Series[];

/** Evaluates an expression over the series of other queries. Throws InvalidParameterValue for what is not understood. */
export function evaluateExpression(expression: string, series: ReadonlyMap<string, Series>): Series {
  const value = new MetricMath(expression, series).evaluate();
  if (value instanceof Map) return value;
  throw invalidParameterValue(`The expression ${expression} does not yield a time series.`);
}

class MetricMath {
  private readonly tokens: string[];
  private position = 0;

  constructor(
    private readonly expression: string,
    private readonly series: ReadonlyMap<string, Series>,
  ) {
    this.tokens = expression.match(/\d+(?:\.\d+)?|\w+|[-+*/(),[\]]|\S/g) ?? [];
  }

  evaluate(): Value {
    const value = this.sum();
    if (this.position < this.tokens.length) throw this.refuse();
    return value;
  }

  private sum(): Value {
    let left = this.product();
    for (let token = this.peek(); token === '+' || token === '-'; token = this.peek()) {
      this.position++;
      left = this.combine(left, this.product(), token === '+' ? (a, b) => a + b : (a, b) => a - b);
    }
    return left;
  }

  private product(): Value {
    let left = this.operand();
    for (let token = this.peek(); token === '*' || token === '/'; token = this.peek()) {
      this.position++;
      left = this.combine(left, this.operand(), token === '*' ? (a, b) => a * b : (a, b) => a / b);
    }
    return left;
  }

  private operand(): Value {
    const token = this.tokens[this.position++];
    if (token === undefined) throw this.refuse();
    if (token === '-') return this.combine(0, this.operand(), (a, b) => a - b);
    if (token === '(') {
      const value = this.sum();
      this.expect(')');
      return value;
    }
    if (token === '[') return this.list();
    if (/^\d/.test(token)) return Number(token);
    if (this.peek() === '(') return this.call(token);
    const found = this.series.get(token);
    if (!found)
      throw invalidParameterValue(`The expression ${this.expression} names ${token}, which is no earlier query.`);
    return found;
  }

  private list(): Series[] {
    const members: Series[] = [];
    do {
      const value = this.sum();
      if (!(value instanceof Map)) throw this.refuse();
      members.push(value);
    } while (this.take(','));
    this.expect(']');
    return members;
  }

  private call(name: string): Value {
    this.expect('(');
    const args: Value[] = [this.sum()];
    while (this.take(',')) args.push(this.sum());
    this.expect(')');
    const [first, second] = args;
    if (name === 'FILL' && first instanceof Map && typeof second === 'number') return this.fill(first, second);
    const reduce = REDUCERS[name];
    if (!reduce || args.length !== 1 || typeof first === 'number') throw this.refuse();
    if (first instanceof Map) return first.size === 0 ? 0 : reduce([...first.values()]);
    const result: Series = new Map();
    for (const at of new Set((first as Series[]).flatMap((member) => [...member.keys()]))) {
      const values = (first as Series[]).map((member) => member.get(at)).filter((value) => value !== undefined);
      result.set(at, reduce(values));
    }
    return result;
  }

  /** Fills the periods that any query of the request has. */
  private fill(series: Series, value: number): Series {
    const filled: Series = new Map(series);
    for (const other of this.series.values()) for (const at of other.keys()) if (!filled.has(at)) filled.set(at, value);
    return filled;
  }

  private combine(left: Value, right: Value, of: (a: number, b: number) => number): Value {
    if (Array.isArray(left) || Array.isArray(right)) throw this.refuse();
    if (typeof left === 'number' && typeof right === 'number') return of(left, right);
    const result: Series = new Map();
    const times = left instanceof Map ? left.keys() : (right as Series).keys();
    for (const at of times) {
      const a = left instanceof Map ? left.get(at) : left;
      const b = right instanceof Map ? right.get(at) : right;
      // A division by zero yields no data point, as on AWS.
      if (a !== undefined && b !== undefined && Number.isFinite(of(a, b))) result.set(at, of(a, b));
    }
    return result;
  }

  private peek(): string | undefined {
    return this.tokens[this.position];
  }

  private take(token: string): boolean {
    if (this.peek() !== token) return false;
    this.position++;
    return true;
  }

  private expect(token: string): void {
    if (!this.take(token)) throw this.refuse();
  }

  private refuse() {
    return invalidParameterValue(`The expression ${this.expression} is not emulated or has an error.`);
  }
}

const REDUCERS: Record<string, (values: number[]) => number> = {
  SUM: (values) => values.reduce((sum, value) => sum + value, 0),
  AVG: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
  MIN: (values) => Math.min(...values),
  MAX: (values) => Math.max(...values),
};
