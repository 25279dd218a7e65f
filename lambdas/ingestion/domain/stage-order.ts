import { InvalidInput } from '../../shared/validation/invalid-input';

/** What an earlier stage made. Throws InvalidInput when that stage was left out. */
export function madeBy<T>(stage: string, made: T | undefined): T {
  if (made !== undefined) return made;
  throw new InvalidInput(`The document has not been through ${stage}; the stages are called in another order.`);
}
