import { requireVariable } from '../../../shared/environment';

/** A whole number of the environment. Throws an Error that names the variable when it is none. */
export function wholeNumber(variable: string): number {
  const value = Number(requireVariable(variable));
  if (!Number.isSafeInteger(value)) throw new Error(`The environment variable ${variable} must be a whole number.`);
  return value;
}
