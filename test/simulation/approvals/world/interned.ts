/** Owns numbers for values: two values have the same number exactly when they are the same JSON. Values never change. */

const byJson = new Map<string, number>();
const byIdentity = new WeakMap<object, number>();

/** The number of a value. Members must stand in the same order for two objects to be the same. */
export function numberOf(value: unknown): number {
  if (value === null || typeof value !== 'object') return numberOfText(`${typeof value} ${String(value)}`);
  const known = byIdentity.get(value);
  if (known !== undefined) return known;
  const number = numberOfText(JSON.stringify(value));
  byIdentity.set(value, number);
  return number;
}

/** The number of a text that is told apart from JSON by how it begins. */
export function numberOfText(text: string): number {
  const known = byJson.get(text);
  if (known !== undefined) return known;
  byJson.set(text, byJson.size);
  return byJson.size - 1;
}
