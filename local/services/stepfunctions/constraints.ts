import { AwsError } from '../../wire/aws-error';
import { invalidName, validation } from './faults';

/** What the API's model says of one member; lengths in characters. */
export interface Constraint {
  readonly required?: boolean;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly values?: readonly string[];
  readonly isList?: boolean;
}

export const ARN: Constraint = { required: true, minLength: 1, maxLength: 256 };
export const LONG_ARN: Constraint = { required: true, minLength: 1, maxLength: 2000 };
export const NAME: Constraint = { required: true, minLength: 1, maxLength: 80 };
export const PAGE_SIZE: Constraint = { minimum: 0, maximum: 1000 };
export const TOKEN: Constraint = { required: true, minLength: 1, maxLength: 2048 };

/** Throws ValidationException naming every member of `input` that breaks its constraint, as AWS's front does. */
export function constrain(input: object, constraints: Readonly<Record<string, Constraint>>): void {
  const members = input as Record<string, unknown>;
  // Every request comes this way, and nearly all are fine: no array and no closure for them.
  let isFine = true;
  for (const name in constraints) isFine &&= isKept(members[name], constraints[name]!);
  if (isFine) return;
  const broken = Object.entries(constraints).flatMap(([name, constraint]) => breaches(name, members[name], constraint));
  if (broken.length === 0) return;
  const errors = broken.length === 1 ? '1 validation error' : `${broken.length} validation errors`;
  throw validation(`${errors} detected: ${broken.join('; ')}`);
}

/** True for a value that breaks nothing; false for one that must be looked at closely. */
function isKept(value: unknown, constraint: Constraint): boolean {
  if (value === undefined || value === null) return !constraint.required;
  const { minLength, maxLength, minimum, maximum, values, isList } = constraint;
  if (typeof value === 'string') {
    if (isList || minimum !== undefined || maximum !== undefined) return false;
    if (values && !values.includes(value)) return false;
    return value.length >= (minLength ?? 0) && value.length <= (maxLength ?? Number.POSITIVE_INFINITY);
  }
  if (typeof value !== 'number' || minLength !== undefined || maxLength !== undefined || values || isList) return false;
  return value >= (minimum ?? Number.NEGATIVE_INFINITY) && value <= (maximum ?? Number.POSITIVE_INFINITY);
}

function breaches(name: string, value: unknown, constraint: Constraint): string[] {
  if (value === undefined || value === null) {
    return constraint.required ? [breach(name, null, 'Member must not be null')] : [];
  }
  refuseOtherKind(name, value, constraint);
  const found: string[] = [];
  const mustHave = (what: string) => found.push(breach(name, value, `Member must have ${what}`));
  if (typeof value === 'string') {
    const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, values } = constraint;
    if (value.length > maxLength) mustHave(`length less than or equal to ${maxLength}`);
    if (value.length < minLength) mustHave(`length greater than or equal to ${minLength}`);
    if (values && !values.includes(value)) {
      found.push(breach(name, value, `Member must satisfy enum value set: [${values.join(', ')}]`));
    }
  } else if (typeof value === 'number') {
    const { minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = constraint;
    if (value > maximum) mustHave(`value less than or equal to ${maximum}`);
    if (value < minimum) mustHave(`value greater than or equal to ${minimum}`);
  }
  return found;
}

/**
 * Throws ValidationException for members of a list's items that break their constraints; AWS counts the items from 1:
 * `tags.1.member.key`.
 */
export function constrainItems(
  list: string,
  items: readonly object[],
  constraints: Readonly<Record<string, Constraint>>,
): void {
  items.forEach((item, index) => {
    const named = (record: object) =>
      Object.fromEntries(Object.entries(record).map(([name, value]) => [`${list}.${index + 1}.member.${name}`, value]));
    constrain(named(item), named(constraints) as Readonly<Record<string, Constraint>>);
  });
}

/** A member of another JSON type does not even reach AWS's validation. */
function refuseOtherKind(name: string, value: unknown, constraint: Constraint): void {
  const isText = constraint.minLength !== undefined || constraint.maxLength !== undefined || constraint.values;
  const isNumber = constraint.minimum !== undefined || constraint.maximum !== undefined;
  const wanted = constraint.isList ? 'list' : isText ? 'string' : isNumber ? 'number' : undefined;
  const given = Array.isArray(value) ? 'list' : typeof value;
  if (wanted !== undefined && wanted !== given) {
    throw new AwsError('SerializationException', `Expected ${wanted} for member '${name}'`);
  }
}

function breach(name: string, value: unknown, reason: string): string {
  return `Value ${value === null ? 'null' : `'${value}'`} at '${name}' failed to satisfy constraint: ${reason}`;
}

/** White space, brackets, wildcards, special and control characters; https://docs.aws.amazon.com/step-functions/latest/apireference/API_CreateStateMachine.html */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
const FORBIDDEN = /[\s<>{}[\]?*"#%\\^|~`$&,;:/\u0000-\u001f\u007f-\u009f]/;

/** Throws InvalidName for a name with a character that AWS forbids. */
export function refuseBadName(name: string): void {
  if (name === '' || FORBIDDEN.test(name)) throw invalidName(name);
}
