import { validationError } from '../faults';
import type { AttributeValue, Item } from '../model';
import type { DocumentPath } from './document-path';

/** A place in an item and what is to stand there; undefined removes what does. */
export interface Edit {
  readonly path: DocumentPath;
  readonly value: AttributeValue | undefined;
}

/**
 * The item with its edits; what is not edited is shared with the item before, which stays as it is. List indexes are
 * those of the item before: elements are set first, one beyond the end is appended, then elements are removed.
 */
export function editItem(before: Item, edits: readonly Edit[]): Item {
  const root: Item = { ...before };
  const owned = new Set<object>([root]);
  const holes = new Map<AttributeValue[], Set<number>>();
  for (const { path, value } of inOrder(edits)) {
    const container = openContainer(root, path, owned);
    const last = path[path.length - 1]!;
    if (Array.isArray(container)) editList(container, last as number, value, holes);
    else if (value === undefined) delete container[last];
    else container[last] = value;
  }
  for (const [list, removed] of holes) {
    const kept = list.filter((_, index) => !removed.has(index));
    list.splice(0, list.length, ...kept);
  }
  return root;
}

/** Values that are set come in the order of their list index, so that those beyond the end are appended in order. */
function inOrder(edits: readonly Edit[]): readonly Edit[] {
  if (edits.every(({ path }) => path.length === 1)) return edits;
  const lastIndex = ({ path }: Edit) => {
    const last = path[path.length - 1];
    return typeof last === 'number' ? last : -1;
  };
  return [...edits].sort((a, b) => lastIndex(a) - lastIndex(b));
}

function editList(
  list: AttributeValue[],
  index: number,
  value: AttributeValue | undefined,
  holes: Map<AttributeValue[], Set<number>>,
): void {
  if (value !== undefined) {
    if (index < list.length) list[index] = value;
    else list.push(value);
    return;
  }
  if (index >= list.length) return;
  const removed = holes.get(list) ?? new Set();
  removed.add(index);
  holes.set(list, removed);
}

/** The list or map that holds the last step of a path, copied so that it can be changed. */
function openContainer(root: Item, path: DocumentPath, owned: Set<object>): Item | AttributeValue[] {
  let container: Item | AttributeValue[] = root;
  for (let i = 0; i < path.length - 1; i++) {
    const step = path[i]! as string;
    const child: AttributeValue | undefined = (container as Item)[step];
    const next = path[i + 1]!;
    const inner: Item | AttributeValue[] | undefined = typeof next === 'number' ? child?.L : child?.M;
    if (!child || !inner) throw invalidPath();
    if (owned.has(inner)) {
      container = inner;
      continue;
    }
    const copy: Item | AttributeValue[] = Array.isArray(inner) ? [...inner] : { ...inner };
    owned.add(copy);
    (container as Item)[step] = Array.isArray(copy) ? { L: copy } : { M: copy };
    container = copy;
  }
  return container;
}

function invalidPath() {
  return validationError('The document path provided in the update expression is invalid for update');
}
