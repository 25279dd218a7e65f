import { compareNumbers } from './decimal';
import type { AttributeValue, Item } from './model';
import { compareStrings } from './sort-key';

/** True when two values are equal as DynamoDB sees it: sets without order, numbers by value. */
export function valuesEqual(left: AttributeValue, right: AttributeValue): boolean {
  if (left === right) return true;
  if (left.S !== undefined) return left.S === right.S;
  if (left.N !== undefined) return left.N === right.N;
  if (left.M) return right.M !== undefined && itemsEqual(left.M, right.M);
  if (left.L) {
    const other = right.L;
    return other?.length === left.L.length && left.L.every((member, i) => valuesEqual(member, other[i]!));
  }
  if (left.BOOL !== undefined) return left.BOOL === right.BOOL;
  if (left.NULL !== undefined) return right.NULL !== undefined;
  if (left.B !== undefined) return left.B === right.B;
  if (left.SS) return sameMembers(left.SS, right.SS);
  if (left.NS) return sameMembers(left.NS, right.NS);
  return sameMembers(left.BS!, right.BS);
}

/** True when two items have the same attributes with equal values. */
export function itemsEqual(left: Item, right: Item): boolean {
  let count = 0;
  for (const name in left) {
    count++;
    const other = right[name];
    if (!other || !valuesEqual(left[name]!, other)) return false;
  }
  for (const _name in right) count--;
  return count === 0;
}

/** Negative, zero or positive for two values of one ordered type (S, N, B); undefined for any others. */
export function compareValues(left: AttributeValue, right: AttributeValue): number | undefined {
  if (left.S !== undefined && right.S !== undefined) return compareStrings(left.S, right.S);
  if (left.N !== undefined && right.N !== undefined) return compareNumbers(left.N, right.N);
  if (left.B !== undefined && right.B !== undefined) {
    return Buffer.compare(Buffer.from(left.B, 'base64'), Buffer.from(right.B, 'base64'));
  }
  return undefined;
}

function sameMembers(left: readonly string[], right: readonly string[] | undefined): boolean {
  if (left.length !== right?.length) return false;
  const members = new Set(left);
  return right.every((member) => members.has(member));
}
