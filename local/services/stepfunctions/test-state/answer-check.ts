import type { Json } from '../../../engine/contract';
import { isFields } from '../../../engine/validation/definition-tree';
import { validation } from '../faults';
import type { Shape } from './answer-shape';
import { ANSWERS } from './answer-shapes';

/**
 * Throws ValidationException unless a mocked result looks like an answer of the API that the Resource names; with
 * `isStrict` its required members have to be there. Members that the model does not have pass, as on AWS; so does every
 * result of an API that is not in the table, and what a callback gives.
 */
export function refuseUnlikeAnswer(resource: string, result: Json, isStrict: boolean): void {
  if (resource.includes(':function:') || resource.endsWith('.waitForTaskToken')) return;
  const [, service, call = ''] = /([^:]+):([^:]+?(?:\.sync(?::2)?)?)$/.exec(resource) ?? [];
  const [action, pattern] = call.toLowerCase().split('.');
  const key = pattern === undefined ? `${service}:${action}` : `${service}:${action}.sync`;
  const shape = Object.hasOwn(ANSWERS, key) ? ANSWERS[key] : undefined;
  if (shape) check('result', result, shape, isStrict);
}

function check(field: string, value: unknown, shape: Shape, isStrict: boolean): void {
  if (value === undefined || value === null || shape === 'any') return;
  if (shape === 'string' || shape === 'number' || shape === 'boolean') {
    if (typeof value !== shape) fail(field, `must be a ${shape}`);
  } else if ('values' in shape) {
    if (typeof value !== 'string') fail(field, 'must be a string');
    if (!shape.values.includes(value as string)) fail(field, 'is not an expected value');
  } else if ('minLength' in shape) {
    if (typeof value !== 'string') fail(field, 'must be a string');
    const { length } = value as string;
    if (length < shape.minLength) fail(field, 'is smaller than the minimum length');
    if (length > (shape.maxLength ?? length)) fail(field, 'is larger than the maximum length');
  } else if ('listOf' in shape) {
    if (!Array.isArray(value)) fail(field, 'must be an array');
    for (const item of value as unknown[]) check(field, item, shape.listOf, isStrict);
  } else {
    if (!isFields(value)) fail(field, 'must be an object');
    const required = isStrict && 'members' in shape ? (shape.required ?? []) : [];
    for (const name of required) if ((value as Record<string, unknown>)[name] === undefined) fail(name, 'is required');
    for (const [name, member] of Object.entries(value as object)) {
      const memberShape =
        'mapOf' in shape ? shape.mapOf : Object.hasOwn(shape.members, name) ? shape.members[name]! : 'any';
      check(name, member, memberShape, isStrict);
    }
  }
}

function fail(field: string, reason: string): never {
  throw validation(`Mock result schema validation error: Field '${field}' ${reason}`);
}
