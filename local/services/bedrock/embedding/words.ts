/** The words of a text: small letters without accents, in order. Scripts without spaces give one word a run. */
export function wordsOf(text: string): string[] {
  const plain = text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase();
  return plain.match(/[\p{Letter}\p{Number}]+/gu) ?? [];
}

/** English words that say little about what a text is about. */
const STOP_WORDS = new Set(
  [
    'a about above after again all also am an and any are as at be because been before being below between both but by',
    'can could did do does doing down during each few for from further had has have having he her here hers him his how',
    'i if in into is it its itself just may me might more most must my no nor not now of off on once only or other our',
    'out over own same she should so some such than that the their them then there these they this those through to too',
    'under until up very was we were what when where which while who whom why will with would you your yours',
  ].flatMap((line) => line.split(' ')),
);

export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}
