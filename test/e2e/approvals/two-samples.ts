/** What two samples say of each other. */
export interface Comparison {
  /** Probability of so large a difference, or a larger one, if both come from one distribution (two-sided). */
  readonly pValue: number;
  /** Rank-biserial correlation: 0 when neither tends to be larger, 1 or -1 when one always is. */
  readonly effect: number;
}

/** The Mann-Whitney U test with the normal approximation, for samples of some dozens and more; ties share their rank. */
export function mannWhitney(one: readonly number[], other: readonly number[]): Comparison {
  const all = [...one.map((value) => ({ value, isOne: true })), ...other.map((value) => ({ value, isOne: false }))];
  all.sort((a, b) => a.value - b.value);
  let ranksOfOne = 0;
  let ties = 0;
  for (let start = 0; start < all.length; ) {
    let end = start;
    while (end < all.length && all[end]!.value === all[start]!.value) end++;
    const rank = (start + 1 + end) / 2;
    ranksOfOne += rank * all.slice(start, end).filter(({ isOne }) => isOne).length;
    ties += (end - start) ** 3 - (end - start);
    start = end;
  }
  const [m, n] = [one.length, other.length];
  const u = ranksOfOne - (m * (m + 1)) / 2;
  const total = m + n;
  const deviation = Math.sqrt(((m * n) / 12) * (total + 1 - ties / (total * (total - 1))));
  const z = deviation === 0 ? 0 : (u - (m * n) / 2) / deviation;
  return { pValue: 2 * upperTail(Math.abs(z)), effect: (2 * u) / (m * n) - 1 };
}

/** The upper tail of the normal distribution, by the formula 7.1.26 of Abramowitz and Stegun (error below 1e-7). */
function upperTail(z: number): number {
  const x = z / Math.SQRT2;
  const t = 1 / (1 + 0.3275911 * x);
  const polynomial = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
  return (polynomial * Math.exp(-x * x)) / 2;
}
