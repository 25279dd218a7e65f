import { invalidParameter } from './faults';
import { readSelector, selectIn } from './json-selector';
import type { LogMessage } from './log-message';

type Test = (root: unknown) => boolean;

const TOKEN = /\s*(&&|\|\||[()]|!=|>=|<=|=|>|<|\$[^\s=!<>()&|]*|"(?:[^"\\]|\\.)*"|%[^%]*%|[^\s()&|=<>!]+)/y;

/** Compiles `{ $.a = "b" && ($.n > 3 || $.x IS NULL) }`. Throws InvalidParameterException for what cannot be read. */
export function compileJsonPattern(pattern: string): (message: LogMessage) => boolean {
  if (!pattern.endsWith('}')) throw invalid(pattern);
  const tokens = tokensOf(pattern.slice(1, -1), pattern);
  const parser = new JsonPatternParser(tokens, pattern);
  const test = parser.parse();
  return ({ json }) => typeof json === 'object' && json !== null && !Array.isArray(json) && test(json);
}

function invalid(pattern: string) {
  return invalidParameter(`Invalid filter pattern: ${pattern}`);
}

function tokensOf(text: string, pattern: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const match = TOKEN.exec(text);
    if (!match) throw invalid(pattern);
    tokens.push(match[1]!);
  }
  return tokens;
}

/** `||` binds less than `&&`; parentheses group. */
class JsonPatternParser {
  private position = 0;

  constructor(
    private readonly tokens: readonly string[],
    private readonly pattern: string,
  ) {}

  parse(): Test {
    const test = this.either();
    if (this.position < this.tokens.length) throw invalid(this.pattern);
    return test;
  }

  private either(): Test {
    const tests = [this.both()];
    while (this.take('||')) tests.push(this.both());
    return tests.length === 1 ? tests[0]! : (root) => tests.some((test) => test(root));
  }

  private both(): Test {
    const tests = [this.single()];
    while (this.take('&&')) tests.push(this.single());
    return tests.length === 1 ? tests[0]! : (root) => tests.every((test) => test(root));
  }

  private single(): Test {
    if (this.take('(')) {
      const test = this.either();
      if (!this.take(')')) throw invalid(this.pattern);
      return test;
    }
    const selector = this.next();
    if (!selector.startsWith('$')) throw invalid(this.pattern);
    const steps = readSelector(selector.slice(1));
    const operator = this.next();
    if (operator === 'NOT' && this.next() === 'EXISTS') return (root) => selectIn(root, steps) === undefined;
    if (operator === 'IS') return this.is(steps, this.next());
    return this.comparison(steps, operator, this.next());
  }

  private is(steps: (string | number)[], word: string): Test {
    const wanted = { TRUE: true, FALSE: false, NULL: null }[word];
    if (wanted === undefined) throw invalid(this.pattern);
    return (root) => selectIn(root, steps) === wanted;
  }

  private comparison(steps: (string | number)[], operator: string, operand: string): Test {
    if (operator === '=' || operator === '!=') {
      const equals = equality(operand);
      return (root) => {
        const value = selectIn(root, steps);
        return value !== undefined && equals(value) === (operator === '=');
      };
    }
    const limit = Number(operand);
    if (!Number.isFinite(limit)) throw invalid(this.pattern);
    const compare = {
      '>': (n: number) => n > limit,
      '<': (n: number) => n < limit,
      '>=': (n: number) => n >= limit,
      '<=': (n: number) => n <= limit,
    }[operator];
    if (!compare) throw invalid(this.pattern);
    return (root) => {
      const value = selectIn(root, steps);
      return typeof value === 'number' && compare(value);
    };
  }

  private take(token: string): boolean {
    if (this.tokens[this.position] !== token) return false;
    this.position++;
    return true;
  }

  private next(): string {
    const token = this.tokens[this.position++];
    if (token === undefined) throw invalid(this.pattern);
    return token;
  }
}

/** Strings may hold `*` as a wildcard; numbers compare as numbers. */
function equality(operand: string): (value: unknown) => boolean {
  if (operand.startsWith('%')) {
    const expression = new RegExp(operand.slice(1, -1));
    return (value) => typeof value === 'string' && expression.test(value);
  }
  const text = operand.startsWith('"') ? operand.slice(1, -1).replace(/\\(.)/g, '$1') : operand;
  const number = operand.startsWith('"') ? Number.NaN : Number(operand);
  if (Number.isFinite(number)) return (value) => value === number || value === text;
  if (!text.includes('*')) return (value) => value === text;
  const expression = new RegExp(
    `^${text
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
    's',
  );
  return (value) => typeof value === 'string' && expression.test(value);
}
