import type { Json } from '../../../engine/contract';
import { isFields } from '../../../engine/validation/definition-tree';
import { validation } from '../faults';
import type { Shape } from './answer-shape';
import { ANSWERS } from './answer-shapes';

/**
 * Throws ValidationException unless a mocked result looks like an answer of the API that the Resource names. Members
 * that the model does not have pass, as on AWS; so does every result of an API that is not in the table.
 */
export function refuseUnlikeAnswer(resource: string, result: Json): void {
  const [service, action = ''] = resource.split(':').slice(-2);
  const name = action.replace(/\..*$/, '').toLowerCase();
  const members = Object.hasOwn(ANSWERS, `${service}:${name}`) ? ANSWERS[`${service}:${name}`] : undefined;
  if (members && !resource.includes(':function:')) check('result', result, { members });
}

function check(field: string, value: unknown, shape: Shape): void {
  if (value === undefined || value === null || shape === 'any') return;
  if (shape === 'string' || shape === 'number' || shape === 'boolean') {
    if (typeof value !== shape) fail(field, `must be a ${shape}`);
  } else if ('values' in shape) {
    if (typeof value !== 'string') fail(field, 'must be a string');
    if (!shape.values.includes(value as string)) fail(field, 'is not an expected value');
  } else if ('minLength' in shape) {
    if (typeof value !== 'string') fail(field, 'must be a string');
    if ((value as string).length < shape.minLength) fail(field, 'is smaller than the minimum length');
  } else if ('listOf' in shape) {
    if (!Array.isArray(value)) fail(field, 'must be an array');
    for (const item of value as unknown[]) check(field, item, shape.listOf);
  } else {
    if (!isFields(value)) fail(field, 'must be an object');
    for (const [name, member] of Object.entries(value as object)) {
      const memberShape =
        'mapOf' in shape ? shape.mapOf : Object.hasOwn(shape.members, name) ? shape.members[name]! : 'any';
      check(name, member, memberShape);
    }
  }
}

function fail(field: string, reason: string): never {
  throw validation(`Mock result schema validation error: Field '${field}' ${reason}`);
}
