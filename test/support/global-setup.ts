import { existsSync, readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { synthesize } from '../../local/cli/synthesize';
import { ASSEMBLY_FOLDER } from './assembly-folder';

const SOURCES = ['bin/app.ts', 'lib', 'lambdas', 'statemachines', 'cdk.json', 'package-lock.json'];

/** Synthesizes the app once for all tests, unless nothing that it is made of has changed since. */
export default async function globalSetup(): Promise<void> {
  const manifest = path.join(ASSEMBLY_FOLDER, 'manifest.json');
  const isFresh = existsSync(manifest) && statSync(manifest).mtimeMs > Math.max(...SOURCES.map(newestChange));
  if (!isFresh) await synthesize(ASSEMBLY_FOLDER);
}

function newestChange(file: string): number {
  const stat = statSync(file);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(file).map((name) => newestChange(path.join(file, name))));
}
