import { readFileSync, realpathSync, statSync } from 'node:fs';
import { type CompiledBundle, compiledBytes } from '../worker/compiled-bundle';
import { bundleFile } from '../worker/handler-file';

/** As many as are in use at a time; each takes about as much as its source. */
const MOST_KEPT = 16;

interface Kept {
  readonly bundle: CompiledBundle | undefined;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
}

/**
 * The compiled forms of bundles. A worker that reads through half a megabyte of source takes 5 MB for it, which the process never gives
 * back, and 40 ms: read once for all workers, it is one time for each function.
 */
export class CompiledBundles {
  /** By path, that which was asked for longest ago first. */
  private readonly kept = new Map<string, Kept>();

  /** The compiled file of a handler; undefined for what has none: no such file, an ES module, `import()`, a file that cannot be read as JavaScript. */
  of(folder: string, handler: string): CompiledBundle | undefined {
    const file = bundleFile(folder, handler);
    if (file === undefined || file.endsWith('.mjs')) return undefined;
    const { size: sizeBytes, mtimeMs: modifiedAtMs } = statSync(file);
    const before = this.kept.get(file);
    this.kept.delete(file);
    const isSame = before?.sizeBytes === sizeBytes && before.modifiedAtMs === modifiedAtMs;
    const now = isSame ? before : { bundle: compile(file), sizeBytes, modifiedAtMs };
    this.kept.set(file, now);
    if (this.kept.size > MOST_KEPT) this.kept.delete(this.kept.keys().next().value!);
    return now.bundle;
  }
}

function compile(file: string): CompiledBundle | undefined {
  try {
    const path = realpathSync(file);
    const bytes = compiledBytes(readFileSync(path, 'utf8'), path);
    return bytes && { path, bytes };
  } catch {
    // The worker meets the same fault, and says so as Lambda does.
    return undefined;
  }
}
