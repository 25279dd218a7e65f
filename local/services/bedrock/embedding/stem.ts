const ENDINGS = ['ings', 'ing', 'edly', 'ed', 'es', 's', 'e'];
const LEAST_LETTERS = 3;
const VOWEL = /[aeiouy]/;

/**
 * An English word without its ending, so that `refunds`, `refunded` and `refunding` are one. Rough on purpose: it has to be the
 * same for a question and its answer, and need not be a word.
 */
export function stemOf(word: string): string {
  if (word.length > LEAST_LETTERS + 1 && word.endsWith('ies')) return `${word.slice(0, -3)}y`;
  const ending = ENDINGS.find((candidate) => {
    const rest = word.slice(0, -candidate.length);
    return word.endsWith(candidate) && rest.length >= LEAST_LETTERS && VOWEL.test(rest) && !/ss$/.test(word);
  });
  const stem = ending ? word.slice(0, -ending.length) : word;
  const isDoubled = ending !== undefined && ending.length > 1 && /([bdgmnprt])\1$/.test(stem);
  return isDoubled ? stem.slice(0, -1) : stem;
}
