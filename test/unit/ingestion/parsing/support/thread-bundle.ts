import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildSync } from 'esbuild';

/** The file of the parsing thread, bundled as functions are. */
export interface ThreadBundle {
  readonly file: string;
  readonly bytes: number;
  remove(): void;
}

/** Bundles it into a folder of its own, with the settings of lib/constructs/handler-bundle.ts. */
export function bundleThread(entry = 'lambdas/ingestion/adapters/parsing/parsing-thread.ts'): ThreadBundle {
  const folder = mkdtempSync(path.join(tmpdir(), 'parsing-thread-'));
  const file = path.join(folder, 'index.js');
  buildSync({
    entryPoints: [path.resolve(__dirname, '../../../../..', entry)],
    outfile: file,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    mainFields: ['module', 'main'],
    legalComments: 'none',
    logLevel: 'error',
  });
  return { file, bytes: statSync(file).size, remove: () => rmSync(folder, { recursive: true }) };
}
