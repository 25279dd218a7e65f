import { DocumentRefused } from '../../contracts/errors';
import { PARSING_LIMITS } from './limits';

/** How deep in a document's structure one is. */
export class Depth {
  constructor(private readonly level = 0) {}

  /** One level below. Throws DocumentRefused beyond the limit. */
  below(): Depth {
    if (this.level >= PARSING_LIMITS.depth) {
      throw new DocumentRefused(`The document nests more than ${PARSING_LIMITS.depth} levels deep.`);
    }
    return new Depth(this.level + 1);
  }
}
