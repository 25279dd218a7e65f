/** Owns the constraints of the API's model: presence, length, pattern, range. Refusals are AWS's ValidationException. */
import { constraint } from './faults';

const NAME = /^[0-9a-zA-Z\-_.]+$/;

/** Refuses a member that is not there. */
export function required(member: string, value: unknown): void {
  if (value === undefined || value === null) throw constraint(member, value, 'not be null');
}

/** Refuses a text that is too short or too long, in characters. */
export function lengthBetween(member: string, value: string | undefined, least: number, most: number): void {
  if (value === undefined) return;
  if (value.length < least) throw constraint(member, value, `have length greater than or equal to ${least}`);
  if (value.length > most) throw constraint(member, value, `have length less than or equal to ${most}`);
}

/** Refuses a number that is no integer or out of range. */
export function integerBetween(member: string, value: number | undefined, least: number, most: number): void {
  if (value === undefined) return;
  if (!Number.isInteger(value) || value < least) {
    throw constraint(member, value, `have value greater than or equal to ${least}`);
  }
  if (value > most) throw constraint(member, value, `have value less than or equal to ${most}`);
}

/** Refuses a text that does not have a form. */
export function matching(member: string, value: string | undefined, pattern: RegExp): void {
  if (value !== undefined && !pattern.test(value)) {
    throw constraint(member, value, `satisfy regular expression pattern: ${pattern.source}`);
  }
}

/** Refuses a text that is none of an enumeration. */
export function oneOf(member: string, value: string | undefined, values: readonly string[]): void {
  if (value !== undefined && !values.includes(value)) {
    throw constraint(member, value, `satisfy enum value set: [${values.join(', ')}]`);
  }
}

/** Refuses what cannot be the name of a schedule or a group. */
export function checkName(member: string, value: string | undefined): asserts value is string {
  required(member, value);
  lengthBetween(member, value, 1, 64);
  matching(member, value, NAME);
}
