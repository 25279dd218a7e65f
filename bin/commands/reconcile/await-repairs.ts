import type { BrokenDocument } from './find-ghosts';
import { groupsOf } from './find-ghosts';
import type { Rows } from './ports';

/** How repairs are waited for. */
export interface AwaitProps {
  readonly rows: Pick<Rows, 'find'>;
  /** Waits so many milliseconds. */
  readonly pause: (milliseconds: number) => Promise<void>;
  /** Without news for so many milliseconds they are given up; they may still come. */
  readonly patienceMs: number;
  readonly onEnded?: (count: number) => void;
}

const SHORTEST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;
const GROUP = 100;

/** Waits until the rows of broken documents show another version, or none; gives those that still show the broken one. */
export async function awaitRepairs(
  { rows, pause, patienceMs, onEnded = () => undefined }: AwaitProps,
  documents: readonly BrokenDocument[],
): Promise<BrokenDocument[]> {
  let open = [...documents];
  let silentMs = 0;
  for (let pauseMs = SHORTEST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 1.5, LONGEST_PAUSE_MS)) {
    const still: BrokenDocument[] = [];
    for (const group of groupsOf(open, GROUP)) {
      const read = await rows.find(group.map(({ row }) => row.documentKey));
      still.push(
        ...group.filter(({ row }) => read.get(row.documentKey)?.visible?.versionKey === row.visible.versionKey),
      );
    }
    if (still.length < open.length) {
      silentMs = 0;
      onEnded(documents.length - still.length);
    }
    open = still;
    if (open.length === 0 || silentMs >= patienceMs) return open;
    await pause(pauseMs);
    silentMs += pauseMs;
  }
}
