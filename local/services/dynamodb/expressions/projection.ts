import { copyValue } from '../attribute-value';
import { validationError } from '../faults';
import type { AttributeValue, Item } from '../model';
import { type DocumentPath, pathClash, valueAt } from './document-path';
import type { Placeholders } from './placeholders';
import type { PathSyntax } from './syntax';

/** Resolves the paths of a ProjectionExpression; refuses two that overlap. */
export function bindProjection(syntax: readonly PathSyntax[], placeholders: Placeholders): DocumentPath[] {
  const paths = syntax.map((path) => placeholders.path(path));
  for (const [i, path] of paths.entries()) {
    for (const earlier of paths.slice(0, i)) {
      const clash = pathClash(earlier, path);
      if (clash) throw validationError(clash);
    }
  }
  return paths;
}

/** The parts of an item that stand at the paths, in their places; list elements close up, as on AWS. */
export function project(item: Item, paths: readonly DocumentPath[]): Item {
  const projected: Item = {};
  const nested: DocumentPath[] = [];
  for (const path of paths) {
    if (path.length > 1) {
      nested.push(path);
      continue;
    }
    const name = path[0] as string;
    const value = item[name];
    if (value) projected[name] = copyValue(value);
  }
  const heads = new Set(nested.map((path) => path[0] as string));
  for (const head of heads) {
    const value = item[head];
    const rests = nested.filter((path) => path[0] === head && valueAt(item, path)).map((path) => path.slice(1));
    if (value && rests.length > 0) projected[head] = prune(value, rests);
  }
  return projected;
}

function prune(value: AttributeValue, paths: readonly DocumentPath[]): AttributeValue {
  if (paths.some((path) => path.length === 0)) return copyValue(value);
  const steps = new Set(paths.map((path) => path[0]!));
  const below = (step: string | number) => paths.filter((path) => path[0] === step).map((path) => path.slice(1));
  if (value.L) {
    const indexes = [...steps].map(Number).sort((a, b) => a - b);
    return { L: indexes.map((index) => prune(value.L![index]!, below(index))) };
  }
  const members: Item = {};
  for (const step of steps) members[step] = prune(value.M![step]!, below(step));
  return { M: members };
}
