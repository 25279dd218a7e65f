/** Okapi BM25 with its usual constants, as a yardstick for the vectors. */
const K1 = 1.2;
const B = 0.75;

interface Indexed {
  readonly length: number;
  readonly counts: ReadonlyMap<string, number>;
}

/** Texts, found by the words that they share with a query. */
export class Bm25 {
  private readonly texts: Indexed[];
  private readonly textsWith = new Map<string, number[]>();
  private readonly averageLength: number;

  constructor(texts: readonly string[]) {
    this.texts = texts.map((text, index) => {
      const words = wordsOf(text);
      const counts = new Map<string, number>();
      for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
      for (const word of counts.keys()) {
        const known = this.textsWith.get(word);
        if (known) known.push(index);
        else this.textsWith.set(word, [index]);
      }
      return { length: words.length, counts };
    });
    this.averageLength = this.texts.reduce((sum, { length }) => sum + length, 0) / Math.max(1, texts.length);
  }

  /** Places of the best `k` texts, the best first; texts without any of the words are left out. */
  search(query: string, k: number): number[] {
    const scores = new Map<number, number>();
    for (const word of new Set(wordsOf(query))) {
      const found = this.textsWith.get(word) ?? [];
      const rarity = Math.log(1 + (this.texts.length - found.length + 0.5) / (found.length + 0.5));
      for (const index of found) {
        const { length, counts } = this.texts[index]!;
        const count = counts.get(word)!;
        const weight = (count * (K1 + 1)) / (count + K1 * (1 - B + (B * length) / this.averageLength));
        scores.set(index, (scores.get(index) ?? 0) + rarity * weight);
      }
    }
    const best = [...scores].sort(([a, scoreA], [b, scoreB]) => scoreB - scoreA || a - b);
    return best.slice(0, k).map(([index]) => index);
  }
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
