/** Something that must never be so. */
export class Violation extends Error {
  override readonly name = 'Violation';
}

/** Throws a Violation unless `holds`. */
export function must(holds: boolean, what: () => string): asserts holds {
  if (!holds) throw new Violation(what());
}
