import type { AttributeValue, Item } from '../model';

/** A resolved path into an item: the attribute's name first, then names and list indexes. */
export type DocumentPath = readonly (string | number)[];

/** What stands at a path, or undefined. */
export function valueAt(item: Item, path: DocumentPath): AttributeValue | undefined {
  let value: AttributeValue | undefined = item[path[0] as string];
  for (let i = 1; i < path.length && value; i++) {
    const step = path[i]!;
    value = typeof step === 'number' ? value.L?.[step] : value.M?.[step];
  }
  return value;
}

/** A path as DynamoDB writes it in messages: `[lines, [0], sku]`. */
export function describePath(path: DocumentPath): string {
  return `[${path.map((step) => (typeof step === 'number' ? `[${step}]` : step)).join(', ')}]`;
}

/** True when both paths are the same. */
export function samePath(left: DocumentPath, right: DocumentPath): boolean {
  return left.length === right.length && left.every((step, i) => step === right[i]);
}

/**
 * The message for two paths of one expression of which one contains the other, or which take one place for a list and
 * for a map; undefined when both may stand side by side.
 */
export function pathClash(one: DocumentPath, two: DocumentPath): string | undefined {
  for (let i = 0; i < one.length && i < two.length; i++) {
    if (typeof one[i] !== typeof two[i]) return clash('conflict', one, two);
    if (one[i] !== two[i]) return undefined;
  }
  return clash('overlap', one, two);
}

function clash(verb: string, one: DocumentPath, two: DocumentPath): string {
  return (
    `Two document paths ${verb} with each other; must remove or rewrite one of these paths; ` +
    `path one: ${describePath(one)}, path two: ${describePath(two)}`
  );
}
