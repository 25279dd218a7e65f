import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A package's README, copied to where it can be changed. */
export interface Readme {
  readonly file: string;
  readonly packageName: string;
  /** The package's `description`; empty for one without. */
  readonly description: string;
}

/** Copies the READMEs of up to `most` packages below node_modules into a folder, one folder each. */
export function copyReadmes(folder: string, most: number): Readme[] {
  const readmes: Readme[] = [];
  for (const packageFolder of packageFolders('node_modules')) {
    if (readmes.length >= most) break;
    const name = readdirSync(packageFolder).find((file) => /^readme\.md$/i.test(file));
    if (!name) continue;
    const { name: packageName = '', description = '' } = manifestOf(packageFolder);
    const file = path.join(folder, packageFolder.split(path.sep).slice(1).join('/').replaceAll('/', '__'), 'README.md');
    mkdirSync(path.dirname(file), { recursive: true });
    copyFileSync(path.join(packageFolder, name), file);
    readmes.push({ file, packageName, description: typeof description === 'string' ? description : '' });
  }
  return readmes;
}

/** Folders of installed packages, nested ones too, in order. */
function* packageFolders(modules: string): Generator<string> {
  for (const name of readdirSync(modules).sort()) {
    const folder = path.join(modules, name);
    if (name.startsWith('@')) yield* packageFolders(folder);
    if (!existsSync(path.join(folder, 'package.json'))) continue;
    yield folder;
    const nested = path.join(folder, 'node_modules');
    if (existsSync(nested)) yield* packageFolders(nested);
  }
}

function manifestOf(folder: string): { name?: string; description?: unknown } {
  return JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
}
