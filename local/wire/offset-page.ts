/** A page of a list, and the token of the next one: where it begins, as services give it that promise nothing of its form. */
export interface OffsetPage<Item> {
  readonly items: Item[];
  readonly next: string | undefined;
}

/** `size` items from where a token says, from the first without one. Throws what `refuse` makes for a token that none gave. */
export function offsetPage<Item>(
  items: readonly Item[],
  token: string | undefined,
  size: number,
  refuse: () => Error,
): OffsetPage<Item> {
  const at = token === undefined ? '0' : Buffer.from(token, 'base64').toString();
  const from = Number(at);
  if (!/^\d+$/.test(at)) throw refuse();
  const to = from + size;
  return {
    items: items.slice(from, to),
    next: to < items.length ? Buffer.from(String(to)).toString('base64') : undefined,
  };
}
