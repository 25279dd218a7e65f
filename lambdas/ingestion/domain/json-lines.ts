/** A line of JSON with where the next one begins. */
export interface JsonLine<T> {
  readonly value: T;
  /** The byte after this line, counted from where reading began. */
  readonly endByte: number;
}

const LINE_FEED = 0x0a;

/** Reads lines of JSON as they come; what is held is one line. Throws SyntaxError on a line that is no JSON. */
export async function* readJsonLines<T>(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<JsonLine<T>> {
  let rest: Uint8Array[] = [];
  let position = 0;
  for await (const piece of bytes) {
    let from = 0;
    for (let at = piece.indexOf(LINE_FEED); at >= 0; at = piece.indexOf(LINE_FEED, from)) {
      const line = Buffer.concat([...rest, piece.subarray(from, at)]);
      rest = [];
      from = at + 1;
      position += line.length + 1;
      if (line.length > 0) yield { value: JSON.parse(line.toString('utf8')), endByte: position };
    }
    // Copied: a stream may use its buffer again.
    if (from < piece.length) rest.push(Uint8Array.from(piece.subarray(from)));
  }
  const last = Buffer.concat(rest);
  if (last.length > 0) yield { value: JSON.parse(last.toString('utf8')), endByte: position + last.length };
}

/** A value as a line of JSON. */
export function jsonLine(value: unknown): string {
  return `${JSON.stringify(value)}\n`;
}

/** Values as lines of JSON. */
export async function* jsonLines(values: AsyncIterable<unknown> | Iterable<unknown>): AsyncGenerator<string> {
  for await (const value of values) yield jsonLine(value);
}

/** What comes, in groups of up to `size`. */
export async function* inGroups<T>(values: AsyncIterable<T> | Iterable<T>, size: number): AsyncGenerator<T[]> {
  let group: T[] = [];
  for await (const value of values) {
    group.push(value);
    if (group.length === size) {
      yield group;
      group = [];
    }
  }
  if (group.length > 0) yield group;
}
