/**
 * Owns the grammar of metric math. From the loosest to the tightest: OR, AND, comparisons, `+ -`, `* /`, `^`, the minus sign.
 */
import { MathError } from './values';

/** An expression as a tree. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'list'; readonly members: readonly Expression[] }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | { readonly kind: 'operator'; readonly operator: string; readonly left: Expression; readonly right: Expression };

const TOKEN = /\s*(\d+(?:\.\d+)?(?:[eE][-+]?\d+)?|\.\d+|[A-Za-z_]\w*|"[^"]*"|'[^']*'|&&|\|\||[=!<>]=|[-+*/^(),[\]<>])/y;

/** Operators by how tightly they bind, the loosest first. */
const LEVELS: readonly (readonly string[])[] = [
  ['||'],
  ['&&'],
  ['==', '!=', '<', '<=', '>', '>='],
  ['+', '-'],
  ['*', '/'],
  ['^'],
];
const WORDS: Readonly<Record<string, string>> = { AND: '&&', OR: '||' };
const REMEMBERED = 1000;
const parsed = new Map<string, Expression>();

/** Reads an expression; throws MathError. The trees of expressions are kept: alarms are evaluated every minute. */
export function parseExpression(text: string): Expression {
  const known = parsed.get(text);
  if (known) return known;
  const expression = new Parser(tokensOf(text)).whole();
  if (parsed.size >= REMEMBERED) parsed.clear();
  parsed.set(text, expression);
  return expression;
}

function tokensOf(text: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  const end = text.trimEnd().length;
  while (TOKEN.lastIndex < end) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(text);
    if (!match) throw new MathError(`unexpected ${text.slice(at).trim().slice(0, 20)}`);
    tokens.push(WORDS[match[1]!] ?? match[1]!);
  }
  return tokens;
}

class Parser {
  private position = 0;

  constructor(private readonly tokens: readonly string[]) {}

  whole(): Expression {
    const expression = this.level(0);
    if (this.position < this.tokens.length) throw new MathError(`unexpected ${this.tokens[this.position]}`);
    return expression;
  }

  private level(index: number): Expression {
    const operators = LEVELS[index];
    if (!operators) return this.operand();
    let left = this.level(index + 1);
    for (let token = this.peek(); token !== undefined && operators.includes(token); token = this.peek()) {
      this.position++;
      left = { kind: 'operator', operator: token, left, right: this.level(index + 1) };
    }
    return left;
  }

  private operand(): Expression {
    const token = this.tokens[this.position++];
    if (token === undefined) throw new MathError('the expression is not complete');
    if (token === '-') return { kind: 'operator', operator: '-', left: ZERO, right: this.operand() };
    if (token === '(') {
      const inner = this.level(0);
      this.expect(')');
      return inner;
    }
    if (token === '[') return { kind: 'list', members: this.members(']') };
    if (/^[\d.]/.test(token)) return { kind: 'number', value: Number(token) };
    if (/^["']/.test(token)) return { kind: 'text', value: token.slice(1, -1) };
    if (!/^\w/.test(token)) throw new MathError(`unexpected ${token}`);
    if (this.peek() !== '(') return { kind: 'name', name: token };
    this.position++;
    return { kind: 'call', name: token, args: this.members(')') };
  }

  private members(end: string): Expression[] {
    const members: Expression[] = [];
    if (this.peek() === end) {
      this.position++;
      return members;
    }
    do members.push(this.level(0));
    while (this.take(','));
    this.expect(end);
    return members;
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
    if (!this.take(token)) throw new MathError(`expected ${token}`);
  }
}

const ZERO: Expression = { kind: 'number', value: 0 };
