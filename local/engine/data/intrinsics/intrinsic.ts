import type { Random } from '../../../kernel/random';
import type { Json } from '../../model/json';

/**
 * One intrinsic function of JSONPath states.
 * https://docs.aws.amazon.com/step-functions/latest/dg/intrinsic-functions.html
 */
export interface Intrinsic {
  /** As written in a definition: `States.Format`. */
  readonly name: string;
  /** How many arguments it takes. */
  readonly arity: readonly [least: number, most: number];
  /** Throws IntrinsicRefusal for arguments that it does not take. */
  apply(args: readonly Json[], random: Random): Json;
}

/** Arguments that an intrinsic function does not take; becomes States.IntrinsicFailure. */
export class IntrinsicRefusal extends Error {}

/** The longest array that an intrinsic function gives. */
export const LONGEST_ARRAY = 1000;

/** The argument as an array, or a refusal. */
export function arrayArgument(args: readonly Json[], index: number): Json[] {
  const value = args[index]!;
  if (!Array.isArray(value)) throw new IntrinsicRefusal(`argument ${index + 1} must be an array`);
  return value;
}

/** The argument as a string, or a refusal. */
export function stringArgument(args: readonly Json[], index: number): string {
  const value = args[index]!;
  if (typeof value !== 'string') throw new IntrinsicRefusal(`argument ${index + 1} must be a string`);
  return value;
}

/** The argument as a number, or a refusal. */
export function numberArgument(args: readonly Json[], index: number): number {
  const value = args[index]!;
  if (typeof value !== 'number') throw new IntrinsicRefusal(`argument ${index + 1} must be a number`);
  return value;
}

/** The argument as an integer: AWS rounds other numbers half up. */
export function integerArgument(args: readonly Json[], index: number): number {
  return Math.round(numberArgument(args, index));
}
