/** A piece of work and the pieces that must be done first; ids that are not in the list count as done. */
export interface OrderedWork {
  readonly id: string;
  readonly after: readonly string[];
}

/**
 * Runs work side by side as far as its order allows. After a failure nothing new begins; what is under way is awaited.
 * Returns the ids that failed, with their errors, in the order in which they failed.
 */
export async function runInOrder(
  work: readonly OrderedWork[],
  run: (id: string) => Promise<void>,
): Promise<{ id: string; error: unknown }[]> {
  const failures: { id: string; error: unknown }[] = [];
  const waiting = new Map(work.map(({ id, after }) => [id, after]));
  const running = new Map<string, Promise<void>>();
  const unfinished = new Set(waiting.keys());
  const begin = () => {
    for (const [id, after] of waiting) {
      if (failures.length > 0) return;
      if (after.some((other) => unfinished.has(other))) continue;
      waiting.delete(id);
      const end = run(id).then(
        () => void unfinished.delete(id),
        (error) => void failures.push({ id, error }),
      );
      running.set(
        id,
        end.finally(() => running.delete(id)),
      );
    }
  };
  for (begin(); running.size > 0; begin()) await Promise.race(running.values());
  return failures;
}
