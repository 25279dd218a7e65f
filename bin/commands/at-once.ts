/** Does work on many things, at most `most` at a time; the answers are in the order of the things. Rejects with the first failure. */
export async function atOnce<T, R>(things: readonly T[], most: number, work: (thing: T) => Promise<R>): Promise<R[]> {
  const results: R[] = new Array(things.length);
  let next = 0;
  const lane = async () => {
    while (next < things.length) {
      const index = next++;
      results[index] = await work(things[index]!);
    }
  };
  await Promise.all(Array.from({ length: Math.min(most, things.length) }, lane));
  return results;
}
