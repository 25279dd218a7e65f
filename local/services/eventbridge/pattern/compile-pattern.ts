import { type EventPredicate, compilePattern as readPattern } from '../../../pattern/compile-pattern';
import { PatternError } from '../../../pattern/pattern-error';
import { invalidEventPattern } from '../faults';

export type { EventPredicate };

/** Throws InvalidEventPatternException, in AWS's words, for text that is no event pattern. */
export function compilePattern(text: string): EventPredicate {
  try {
    return readPattern(text);
  } catch (error) {
    throw error instanceof PatternError ? invalidEventPattern(error.message) : error;
  }
}
