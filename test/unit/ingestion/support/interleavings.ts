/** Lets one actor at a time take its next step. */
export class Turns {
  private readonly waiting = new Map<string, () => void>();

  /** Resolves when it is the actor's turn. */
  step(actor: string): Promise<void> {
    return new Promise((resolve) => this.waiting.set(actor, resolve));
  }

  /**
   * Runs actors to their ends. `choose` picks who goes next among those that wait, by index; `afterStep` is called when
   * everybody waits again.
   */
  async run(
    actors: readonly Promise<unknown>[],
    choose: (options: number) => number,
    afterStep: () => void = () => undefined,
  ): Promise<void> {
    let running = actors.length;
    for (const actor of actors) {
      const end = () => {
        running -= 1;
      };
      actor.then(end, end);
    }
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve));
      afterStep();
      if (running === 0) break;
      const names = [...this.waiting.keys()].sort();
      if (names.length === 0) throw new Error('Nobody waits for a turn and not all have ended.');
      const name = names[choose(names.length)]!;
      const go = this.waiting.get(name)!;
      this.waiting.delete(name);
      go();
    }
    await Promise.all(actors);
  }
}

/** Calls `run` once for every sequence of choices that it can meet; gives how many there were. */
export async function everyInterleaving(run: (choose: (options: number) => number) => Promise<void>): Promise<number> {
  let path: { chosen: number; options: number }[] = [];
  let count = 0;
  for (;;) {
    let depth = 0;
    await run((options) => {
      path[depth] ??= { chosen: 0, options };
      return path[depth++]!.chosen;
    });
    count += 1;
    path = path.slice(0, depth);
    while (path.length > 0 && path.at(-1)!.chosen === path.at(-1)!.options - 1) path.pop();
    if (path.length === 0) return count;
    path[path.length - 1] = { ...path.at(-1)!, chosen: path.at(-1)!.chosen + 1 };
  }
}
