import type { JsonataExpression } from '../jsonata/expression';
import type { Scope } from '../scope';
import type { Template } from '../template';

/** A test of a JSONPath choice rule; throws StateError when a path leads nowhere. */
export type Test = (scope: Scope) => boolean;

/** One of Choices. */
export interface ChoiceRule {
  readonly next: string;
  readonly assign?: Template;
  readonly output?: Template;
  /** JSONPath. */
  readonly test?: Test;
  /** JSONata: an expression, or a constant. */
  readonly condition?: JsonataExpression | boolean;
  /** `Choices[0]/Condition`: where an EvaluationFailed event locates a bad condition. */
  readonly location: string;
}
