/**
 * Owns filter policies: which messages a subscription gets.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-subscription-filter-policies.html
 */
import { compilePattern, type EventPredicate } from '../../pattern/compile-pattern';
import { PatternError } from '../../pattern/pattern-error';
import { isTooDeep } from '../../wire/json-depth';
import { invalidParameter } from './faults';
import type { MessageAttribute, Notification, Subscription } from './model';

const LIMIT_KEYS = 5;
const LIMIT_COMBINATIONS = 150;

/** Kept as long as the subscription's attributes are the same object. */
const compiled = new WeakMap<object, EventPredicate>();

/** Whether a subscription wants a notification. */
export function passesFilter({ attributes }: Subscription, notification: Notification): boolean {
  if (!attributes.FilterPolicy || attributes.FilterPolicy === '{}') return true;
  const matches = compiled.get(attributes) ?? compilePattern(attributes.FilterPolicy);
  compiled.set(attributes, matches);
  if (attributes.FilterPolicyScope !== 'MessageBody') return matches(attributesOf(notification.attributes));
  if (isTooDeep(Buffer.from(notification.message))) return false;
  try {
    return matches(JSON.parse(notification.message));
  } catch {
    // What is no JSON has no properties to be looked at.
    return false;
  }
}

/** Throws InvalidParameter for a policy that SNS does not take in this scope. */
export function checkFilterPolicy(text: string, scope: string | undefined): void {
  if (text === '' || text === '{}') return;
  if (isTooDeep(Buffer.from(text))) throw invalidParameter('FilterPolicy: Filter policy is too complex');
  try {
    compilePattern(text);
  } catch (error) {
    throw error instanceof PatternError ? invalidParameter(`FilterPolicy: ${error.message}`) : error;
  }
  const policy: Record<string, unknown> = JSON.parse(text);
  const isNested = Object.entries(policy).some(([name, value]) => name !== '$or' && !Array.isArray(value));
  if (isNested && scope !== 'MessageBody') {
    throw invalidParameter('FilterPolicy: Filter policy scope MessageAttributes does not support nested filter policy');
  }
  const leaves = leavesOf(policy, 1);
  if (leaves.length > LIMIT_KEYS) {
    throw invalidParameter(`FilterPolicy: Filter policy can not have more than ${LIMIT_KEYS} keys`);
  }
  if (leaves.reduce((product, count) => product * count, 1) > LIMIT_COMBINATIONS) {
    throw invalidParameter('FilterPolicy: Filter policy is too complex');
  }
}

/** For each leaf how many values it has, times its depth. */
function leavesOf(policy: object, depth: number): number[] {
  return Object.entries(policy).flatMap(([name, value]) => {
    if (name === '$or') return (value as object[]).flatMap((branch) => leavesOf(branch, depth));
    return Array.isArray(value) ? [value.length * depth] : leavesOf(value, depth + 1);
  });
}

/** Attributes as an object: numbers as numbers, lists as lists; binary ones take no part. */
function attributesOf(attributes: Readonly<Record<string, MessageAttribute>>): Record<string, unknown> {
  const entries = Object.entries(attributes).filter(([, { BinaryValue }]) => BinaryValue === undefined);
  return Object.fromEntries(entries.map(([name, attribute]) => [name, filteredValue(attribute)]));
}

function filteredValue({ DataType, StringValue = '' }: MessageAttribute): unknown {
  if (DataType.startsWith('Number')) return Number(StringValue);
  if (DataType !== 'String.Array') return StringValue;
  try {
    return JSON.parse(StringValue);
  } catch {
    return StringValue;
  }
}
