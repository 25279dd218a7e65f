/** One line of a bill. */
export interface CostLine {
  readonly what: string;
  /** How many, in words. */
  readonly quantity: string;
  /** Undefined: it is not known, and `quantity` says why. */
  readonly dollars?: number;
}

/** The sum of a bill's lines, those left out that are not known. */
export function totalDollars(lines: readonly CostLine[]): number {
  return lines.reduce((sum, { dollars = 0 }) => sum + dollars, 0);
}

/** A line of so many things at a price each. */
export function priced(what: string, count: number, each: number, unit = ''): CostLine {
  const shown = Number.isInteger(count) ? count.toLocaleString('en-US') : count.toFixed(3);
  return { what, quantity: `${shown}${unit && ` ${unit}`}`, dollars: count * each };
}
