/**
 * Owns how a bundle is compiled: by the main thread once, by each worker from what the main thread made. Both must ask V8 for the very
 * same function, the one that Node.js itself makes of a CommonJS file.
 */
import Module, { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { compileFunction } from 'node:vm';

/** A file with its compiled form, as V8 writes it. */
export interface CompiledBundle {
  /** As Node.js resolves it, links followed. */
  readonly path: string;
  /** In memory that all threads see. */
  readonly bytes: SharedArrayBuffer;
}

const PARAMETERS = ['exports', 'require', 'module', '__filename', '__dirname'];

/** What V8 takes from a compiled form has no `import()`. */
const IMPORTS = /\bimport\s*\(/;

/** The compiled form of a file's source; undefined for a source that cannot do with one. Throws SyntaxError. */
export function compiledBytes(source: string, path: string): SharedArrayBuffer | undefined {
  if (IMPORTS.test(source)) return undefined;
  const { cachedData } = compileFunction(source, PARAMETERS, { filename: path, produceCachedData: true });
  if (!cachedData) return undefined;
  const bytes = new SharedArrayBuffer(cachedData.length);
  new Uint8Array(bytes).set(cachedData);
  return bytes;
}

type Compile = (this: Module, source: string, path: string) => unknown;

/** Lets this thread take one file from its compiled form when it is loaded; other files are compiled as ever. */
export function useCompiledBundle({ path, bytes }: CompiledBundle): void {
  const prototype = Module.prototype as unknown as { _compile: Compile };
  const compile = prototype._compile;
  prototype._compile = function (source, filename) {
    if (filename !== path) return compile.call(this, source, filename);
    const run = compileFunction(source, PARAMETERS, { filename, cachedData: Buffer.from(bytes) });
    return run.call(this.exports, this.exports, createRequire(filename), this, filename, dirname(filename));
  };
}
