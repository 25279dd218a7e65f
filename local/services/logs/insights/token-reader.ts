import { malformedQuery } from '../faults';
import { type Token, tokensOf } from './tokens';

/** Reads the tokens of a query from the first to the last. What is expected and not there is a MalformedQueryException. */
export class TokenReader {
  private readonly tokens: readonly Token[];
  private position = 0;

  constructor(private readonly query: string) {
    this.tokens = tokensOf(query);
  }

  get next(): Token {
    return this.tokens[this.position]!;
  }

  get isAtEnd(): boolean {
    return this.next.kind === 'end';
  }

  /** Takes the next token when it is this sign, or this word in any capitals. */
  take(text: string): boolean {
    const { kind, text: given } = this.next;
    const isIt = kind === 'sign' ? given === text : kind === 'name' && given.toLowerCase() === text;
    if (isIt) this.position++;
    return isIt;
  }

  expect(text: string): void {
    if (!this.take(text)) throw this.unexpected(`'${text}'`);
  }

  /** The text of the next token, which must be of this kind; `what` names it for whoever wrote something else. */
  read(kind: Token['kind'], what: string): string {
    if (this.next.kind !== kind) throw this.unexpected(what);
    return this.tokens[this.position++]!.text;
  }

  /** Leaves the next token aside; `wanted` is what was looked for, should the query end here. */
  skip(wanted: string): void {
    if (this.isAtEnd) throw this.unexpected(wanted);
    this.position++;
  }

  /** A list with commas between. */
  list<Item>(item: () => Item): Item[] {
    const items = [item()];
    while (this.take(',')) items.push(item());
    return items;
  }

  /** The query's own words for what was read since a token: the name of a column that was given none. */
  writtenSince({ start }: Token): string {
    return this.query.slice(start, this.tokens[this.position - 1]!.end);
  }

  /** A refusal of the next token. */
  unexpected(wanted: string): Error {
    return this.refused(this.next, wanted);
  }

  refused({ text, start, end }: Token, wanted: string): Error {
    return malformedQuery(`unexpected symbol found ${text}, expecting ${wanted}`, start, end);
  }
}
