import type { LogMessage } from './log-message';

/** The member of a JSON message that a selector such as `$.order.lines[0].sku` names; undefined when there is none. */
export function selectMember({ json }: LogMessage, selector: string): unknown {
  return json === undefined ? undefined : selectIn(json, readSelector(selector));
}

/** The steps of a selector: member names and array indexes. */
export function readSelector(selector: string): (string | number)[] {
  const steps: (string | number)[] = [];
  for (const [, name, quoted, index] of selector.matchAll(/\.([^.[\]]+)|\["([^"]+)"\]|\[(\d+)\]/g)) {
    if (index !== undefined) steps.push(Number(index));
    else steps.push((name ?? quoted)!);
  }
  return steps;
}

/** Follows the steps of a selector. */
export function selectIn(root: unknown, steps: readonly (string | number)[]): unknown {
  let value: unknown = root;
  for (const step of steps) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as Record<string | number, unknown>)[step];
  }
  return value;
}
