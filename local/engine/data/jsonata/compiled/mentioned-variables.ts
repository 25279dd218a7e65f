/** The names of all variables and functions in a syntax tree; with a stack of our own, since trees can be deep. */
export function mentionedVariables(root: unknown): Set<string> {
  const names = new Set<string>();
  const seen = new Set<object>();
  const pending: unknown[] = [root];
  for (let node = pending.pop(); pending.length > 0 || node !== undefined; node = pending.pop()) {
    if (typeof node !== 'object' || node === null || seen.has(node)) continue;
    seen.add(node);
    const { type, value } = node as { type?: unknown; value?: unknown };
    if (type === 'variable' && typeof value === 'string' && value !== '' && value !== '$') names.add(value);
    pending.push(...Object.values(node).filter((part) => typeof part === 'object' && part !== null));
  }
  return names;
}
