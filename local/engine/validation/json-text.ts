import type { Json } from '../model/json';

/** Where a text stops being JSON, in the words of the parser that AWS uses (Jackson). */
export interface JsonFault {
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

const EXPECTED = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

/** The value of JSON text, or where it stops being JSON. The happy way is one JSON.parse. */
export function readJsonText(text: string): { readonly value: Json } | { readonly fault: JsonFault } {
  try {
    return { value: JSON.parse(text) as Json };
  } catch {
    return { fault: new Scanner(text).run() };
  }
}

/** Undefined when `text` is JSON. */
export function findJsonFault(text: string): JsonFault | undefined {
  const read = readJsonText(text);
  return 'fault' in read ? read.fault : undefined;
}

/** Thrown inside the scanner; carries what was found. */
class Stop extends Error {
  constructor(readonly fault: JsonFault) {
    super(fault.message);
  }
}

class Scanner {
  private at = 0;

  constructor(private readonly text: string) {}

  run(): JsonFault {
    try {
      this.value();
      this.space();
      if (this.at < this.text.length) this.unexpectedValue();
      return this.fault('Unexpected end of input');
    } catch (error) {
      if (error instanceof Stop) return error.fault;
      // A nesting too deep for the scanner was too deep for the parser.
      return this.fault('Document nesting depth exceeds the maximum allowed');
    }
  }

  private value(): void {
    this.space();
    const char = this.text[this.at];
    if (char === undefined) this.stop('Unexpected end-of-input');
    if (char === '{') this.object();
    else if (char === '[') this.array();
    else if (char === '"') this.string();
    else if (char === '-' || (char! >= '0' && char! <= '9')) this.number();
    else this.literal();
  }

  private literal(): void {
    const word = /^[\p{L}\p{N}_$]+/u.exec(this.text.slice(this.at, this.at + 256))?.[0] ?? '';
    if (word === 'true' || word === 'false' || word === 'null') {
      this.at += word.length;
      return;
    }
    this.unexpectedValue();
  }

  private unexpectedValue(): never {
    const word = /^[\p{L}\p{N}_$]+/u.exec(this.text.slice(this.at, this.at + 256))?.[0];
    if (word) {
      this.at += word.length;
      this.stop(`Unrecognized token '${word}': was expecting ${EXPECTED}`);
    }
    this.unexpected(`expected a valid value ${EXPECTED}`);
  }

  private object(): void {
    this.at++;
    this.space();
    if (this.take('}')) return;
    for (;;) {
      this.space();
      if (this.text[this.at] !== '"') this.unexpected('was expecting double-quote to start field name');
      this.string();
      this.space();
      if (!this.take(':')) this.unexpected('was expecting a colon to separate field name and value');
      this.value();
      this.space();
      if (this.take('}')) return;
      if (!this.take(',')) this.unexpected('was expecting comma to separate Object entries');
    }
  }

  private array(): void {
    this.at++;
    this.space();
    if (this.take(']')) return;
    for (;;) {
      this.value();
      this.space();
      if (this.take(']')) return;
      if (!this.take(',')) this.unexpected('was expecting comma to separate Array entries');
    }
  }

  private string(): void {
    this.at++;
    for (; ; this.at++) {
      const char = this.text[this.at];
      if (char === undefined) this.stop('Unexpected end-of-input: was expecting closing quote for a string value');
      if (char === '"') break;
      if (char! < ' ') {
        this.stop(
          `Illegal unquoted character ((CTRL-CHAR, code ${char!.charCodeAt(0)})): has to be escaped using backslash to be included in string value`,
        );
      }
      if (char === '\\') this.escape();
    }
    this.at++;
  }

  private escape(): void {
    const char = this.text[++this.at];
    if (char === 'u') {
      if (!/^[0-9a-fA-F]{4}/.test(this.text.slice(this.at + 1))) {
        this.stop('Unexpected character: expected a hex-digit for character escape sequence');
      }
      this.at += 4;
    } else if (char === undefined || !'"\\/bfnrt'.includes(char)) {
      this.stop(`Unrecognized character escape '${char ?? ''}' (code ${char?.charCodeAt(0) ?? -1})`);
    }
  }

  private number(): void {
    const match = /^-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?/.exec(this.text.slice(this.at, this.at + 4096));
    if (!match) this.unexpected('expected digit (0-9) to follow minus sign, for valid numeric value');
    this.at += match![0].length;
    if (/[\w.]/.test(this.text[this.at] ?? ' ')) {
      this.unexpected('Expected space separating root-level values');
    }
  }

  private space(): void {
    while (' \t\r\n'.includes(this.text[this.at] ?? 'x')) this.at++;
  }

  private take(char: string): boolean {
    if (this.text[this.at] !== char) return false;
    this.at++;
    return true;
  }

  private unexpected(expectation: string): never {
    const char = this.text[this.at];
    if (char === undefined) this.stop('Unexpected end-of-input');
    this.at++;
    return this.stop(`Unexpected character ('${char}' (code ${char!.charCodeAt(0)})): ${expectation}`);
  }

  private stop(message: string): never {
    throw new Stop(this.fault(message));
  }

  private fault(message: string): JsonFault {
    const before = this.text.slice(0, this.at).split('\n');
    return { message, line: before.length, column: before[before.length - 1]!.length + 1 };
  }
}
