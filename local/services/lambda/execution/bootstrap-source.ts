import { join } from 'node:path';
import { buildSync } from 'esbuild';

let source: string | undefined;

/** The code that every Lambda worker runs first: worker/bootstrap.ts in one CommonJS string, built at the first use. */
export function bootstrapSource(): string {
  source ??= buildSync({
    entryPoints: [join(__dirname, '..', 'worker', 'bootstrap.ts')],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    write: false,
    minifySyntax: true,
  }).outputFiles[0]!.text;
  return source;
}
