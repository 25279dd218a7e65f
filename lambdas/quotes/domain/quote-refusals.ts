import { NamedError } from '../../shared/named-error';

/** The carrier does not go there. */
export class DestinationNotServed extends NamedError {
  override readonly name = 'DestinationNotServed';

  constructor(country: string) {
    super(`Nothing is delivered to ${country}.`);
  }
}

/** What a quote is made of could not be asked: the same request may be answered in a moment. */
export class DependencyOut extends NamedError {
  override readonly name = 'DependencyOut';

  constructor(
    readonly dependency: Dependency,
    readonly retryAfterSeconds: number,
    /** The error that the run ended with, for the log. */
    readonly reason: string,
  ) {
    super(`${WORDS[dependency]} does not answer at the moment; ask again in ${retryAfterSeconds} s.`);
  }
}

/** What a quote depends on. */
export type Dependency = 'catalogue' | 'carrier' | 'quotes';

const WORDS: Readonly<Record<Dependency, string>> = {
  catalogue: 'The catalogue',
  carrier: 'The carrier',
  quotes: 'The making of quotes',
};
