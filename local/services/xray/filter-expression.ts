/**
 * Owns filter expressions, the common part of them: `ok error fault throttle partial`, `duration`, `responsetime`, `http.status`,
 * `http.method`, `http.url`, `user`, `annotation.KEY`, `annotation[KEY]`, `service("NAME") { … }`; `= != < <= > >= CONTAINS BEGINSWITH
 * ENDSWITH`, NOT, AND, OR, parentheses. https://docs.aws.amazon.com/xray/latest/devguide/xray-console-filters.html
 */
import { invalidRequest } from './faults';
import { annotationsOf, hasMark, type TraceFacts } from './trace-summary';

/** Whether a trace is meant. */
export type TraceFilter = (facts: TraceFacts) => boolean;

type Literal = string | number | boolean;
type Values = (facts: TraceFacts) => readonly (Literal | undefined)[];

const TOKEN = /\s*("(?:[^"\\]|\\.)*"|\d+(?:\.\d+)?|annotation\[[^\]]+\]|[A-Za-z_][\w.-]*|<=|>=|!=|[=<>(){}!])/y;

const FLAGS: Readonly<Record<string, TraceFilter>> = {
  error: (facts) => hasMark(facts, 'error'),
  fault: (facts) => hasMark(facts, 'fault'),
  throttle: (facts) => hasMark(facts, 'throttle'),
  partial: ({ isPartial }) => isPartial,
  ok: (facts) => !hasMark(facts, 'error') && !hasMark(facts, 'fault') && !hasMark(facts, 'throttle'),
};

const KEYWORDS: Readonly<Record<string, Values>> = {
  duration: ({ start, end }) => [end - start],
  responsetime: ({ entry }) => [(entry.end_time ?? entry.start_time) - entry.start_time],
  user: ({ segments }) => segments.map(({ user }) => user),
  'http.status': ({ segments }) => segments.map(({ http }) => http?.response?.status),
  'http.method': ({ segments }) => segments.map(({ http }) => http?.request?.method),
  'http.url': ({ segments }) => segments.map(({ http }) => http?.request?.url),
};

const COMPARE: Readonly<Record<string, (a: Literal, b: Literal) => boolean>> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  CONTAINS: (a, b) => String(a).includes(String(b)),
  BEGINSWITH: (a, b) => String(a).startsWith(String(b)),
  ENDSWITH: (a, b) => String(a).endsWith(String(b)),
};

/** Reads an expression. Throws InvalidRequestException for what is not understood. */
export function parseFilter(expression: string): TraceFilter {
  return new FilterParser(tokensOf(expression)).whole();
}

function tokensOf(expression: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const end = expression.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const match = TOKEN.exec(expression);
    if (!match) throw invalidRequest(`The filter expression is not valid or not emulated: ${expression}`);
    tokens.push(match[1]!);
  }
  return tokens;
}

class FilterParser {
  private position = 0;

  constructor(private readonly tokens: readonly string[]) {}

  whole(): TraceFilter {
    const filter = this.either();
    if (this.position < this.tokens.length) throw this.unexpected();
    return filter;
  }

  private either(): TraceFilter {
    let left = this.both();
    while (this.take('OR')) {
      const [first, second] = [left, this.both()];
      left = (facts) => first(facts) || second(facts);
    }
    return left;
  }

  private both(): TraceFilter {
    let left = this.operand();
    while (this.take('AND')) {
      const [first, second] = [left, this.operand()];
      left = (facts) => first(facts) && second(facts);
    }
    return left;
  }

  private operand(): TraceFilter {
    if (this.take('NOT') || this.take('!')) {
      const inner = this.operand();
      return (facts) => !inner(facts);
    }
    if (this.take('(')) {
      const inner = this.either();
      this.expect(')');
      return inner;
    }
    const name = this.tokens[this.position++] ?? '';
    if (name === 'service') return this.service();
    const flag = Object.hasOwn(FLAGS, name) ? FLAGS[name] : undefined;
    return flag ? this.flag(flag) : this.comparison(name);
  }

  /** `fault`, or `fault = true`. */
  private flag(flag: TraceFilter): TraceFilter {
    const operator = this.tokens[this.position];
    if (operator !== '=' && operator !== '!=') return flag;
    this.position++;
    const wanted = this.literal() === (operator === '=');
    return (facts) => flag(facts) === wanted;
  }

  /** `service("name")`, and what must hold of that service's own segments. */
  private service(): TraceFilter {
    this.expect('(');
    const name = this.literal();
    this.expect(')');
    let inner: TraceFilter = () => true;
    if (this.take('{')) {
      inner = this.either();
      this.expect('}');
    }
    return (facts) => {
      const segments = facts.segments.filter((segment) => segment.name === name);
      return segments.length > 0 && inner({ ...facts, segments, entry: segments[0]! });
    };
  }

  private comparison(name: string): TraceFilter {
    const key = /^annotation(?:\.(.+)|\[(.+)\])$/.exec(name);
    const values: Values | undefined = key
      ? ({ segments }) => annotationsOf(segments).get((key[1] ?? key[2])!) ?? []
      : KEYWORDS[name];
    if (!values) throw this.unexpected();
    const operator = this.tokens[this.position];
    const compare = operator === undefined || !Object.hasOwn(COMPARE, operator) ? undefined : COMPARE[operator];
    // Without an operator it asks whether there is any value.
    if (!compare) return (facts) => values(facts).some((value) => value !== undefined);
    this.position++;
    const wanted = this.literal();
    return (facts) => values(facts).some((value) => value !== undefined && compare(value, wanted));
  }

  private literal(): Literal {
    const token = this.tokens[this.position++] ?? '';
    if (token.startsWith('"')) return JSON.parse(token);
    if (token === 'true' || token === 'false') return token === 'true';
    if (/^\d/.test(token)) return Number(token);
    throw this.unexpected();
  }

  private take(token: string): boolean {
    if (this.tokens[this.position] !== token) return false;
    this.position++;
    return true;
  }

  private expect(token: string): void {
    if (!this.take(token)) throw this.unexpected();
  }

  private unexpected() {
    return invalidRequest(`The filter expression is not valid or not emulated: ${this.tokens.join(' ')}`);
  }
}
