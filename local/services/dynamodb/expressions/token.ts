import { validationError } from '../faults';

/** What a piece of an expression is. */
export type TokenKind = 'word' | 'name' | 'value' | 'number' | 'symbol' | 'end';

/** A piece of an expression, with its place in the text for error messages. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const TOKEN = /\s*(?:(#[A-Za-z0-9_]+)|(:[A-Za-z0-9_]+)|([A-Za-z_][A-Za-z0-9_]*)|(\d+)|(<>|<=|>=|[=<>()[\],.+-])|(\S))/y;

/** Reads an expression's tokens one after the other. Its errors are DynamoDB's `Syntax error; token: …, near: …`. */
export class TokenReader {
  private readonly tokens: Token[] = [];
  private position = 0;

  constructor(private readonly expression: string) {
    TOKEN.lastIndex = 0;
    for (let match = TOKEN.exec(expression); match; match = TOKEN.exec(expression)) {
      const text = (match[1] ?? match[2] ?? match[3] ?? match[4] ?? match[5] ?? match[6])!;
      const end = match.index + match[0].length;
      const kind = match[1] ? 'name' : match[2] ? 'value' : match[3] ? 'word' : match[4] ? 'number' : 'symbol';
      this.tokens.push({ kind, text, start: end - text.length, end });
    }
    this.tokens.push({ kind: 'end', text: '<EOF>', start: expression.length, end: expression.length });
  }

  peek(ahead = 0): Token {
    return this.tokens[Math.min(this.position + ahead, this.tokens.length - 1)]!;
  }

  next(): Token {
    const token = this.peek();
    if (token.kind !== 'end') this.position++;
    return token;
  }

  /** Takes the next token if it is this symbol. */
  takeSymbol(symbol: string): boolean {
    const token = this.peek();
    if (token.kind !== 'symbol' || token.text !== symbol) return false;
    this.position++;
    return true;
  }

  expectSymbol(symbol: string): void {
    if (!this.takeSymbol(symbol)) throw this.unexpected();
  }

  /** True when the next token is this word, in any case: DynamoDB's keywords have none. */
  isKeyword(keyword: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.kind === 'word' && token.text.toUpperCase() === keyword;
  }

  takeKeyword(keyword: string): boolean {
    if (!this.isKeyword(keyword)) return false;
    this.position++;
    return true;
  }

  expectKeyword(keyword: string): void {
    if (!this.takeKeyword(keyword)) throw this.unexpected();
  }

  expectEnd(): void {
    if (this.peek().kind !== 'end') throw this.unexpected();
  }

  /** The error for a token that cannot stand here. */
  unexpected() {
    const token = this.peek();
    const before = this.tokens[this.position - 1];
    const after = this.tokens[this.position + 1];
    const start = before ? before.start : token.start;
    const end = after && after.kind !== 'end' ? after.end : token.end;
    const near = this.expression.slice(start, end).trimEnd();
    return validationError(`Syntax error; token: "${token.text}", near: "${near}"`);
  }
}
