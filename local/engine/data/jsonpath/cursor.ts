/** A JSONPath that cannot be read; `position` counts characters from 0. */
export class JsonPathSyntaxError extends Error {
  constructor(
    readonly text: string,
    readonly position: number,
    reason: string,
  ) {
    super(`Invalid JSONPath '${text}' at character ${position}: ${reason}`);
  }
}

/** Where the reading stands. */
export class PathCursor {
  constructor(
    readonly text: string,
    public position: number,
  ) {}

  peek(): string | undefined {
    return this.text[this.position];
  }

  take(expected: string): boolean {
    if (!this.text.startsWith(expected, this.position)) return false;
    this.position += expected.length;
    return true;
  }

  expect(expected: string): void {
    if (!this.take(expected)) this.fail(`expected '${expected}'`);
  }

  skipSpaces(): void {
    while (this.peek() === ' ' || this.peek() === '\t' || this.peek() === '\n') this.position++;
  }

  /** Reads a string in single or double quotes; a backslash escapes the quote alone and is itself otherwise. */
  quoted(): string {
    const quote = this.peek();
    this.position++;
    let value = '';
    for (let char = this.peek(); char !== quote; char = this.peek()) {
      if (char === undefined) this.fail('a quote is not closed');
      if (char === '\\' && this.text[this.position + 1] === quote) this.position++;
      value += this.peek();
      this.position++;
    }
    this.position++;
    return value;
  }

  fail(reason: string): never {
    throw new JsonPathSyntaxError(this.text, this.position, reason);
  }
}
