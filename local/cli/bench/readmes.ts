import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** A document of an installed package, copied to where it can be changed. */
export interface Readme {
  readonly file: string;
  /** Of the package whose README it is; empty for any other document. */
  readonly packageName: string;
  /** The package's `description`; empty for one without. */
  readonly description: string;
}

const MODULES = 'node_modules';

/**
 * Copies up to `most` documents from below node_modules into a folder, under names that say where they lay: the packages'
 * own READMEs, then READMEs that lie deeper or are translations, then other Markdown until there are enough.
 */
export function copyReadmes(folder: string, most: number): Readme[] {
  const files = readdirSync(MODULES, { recursive: true, encoding: 'utf8' }).filter((file) => /\.md$/i.test(file));
  const ranked = files.map((file) => ({ file, rank: rankOf(file) }));
  ranked.sort((a, b) => a.rank - b.rank || (a.file < b.file ? -1 : 1));
  return ranked.slice(0, most).map(({ file, rank }) => {
    const { dir, base } = path.parse(file);
    const copy = path.join(folder, dir.split(path.sep).join('__'), base);
    mkdirSync(path.dirname(copy), { recursive: true });
    copyFileSync(path.join(MODULES, file), copy);
    const { name = '', description = '' } = rank === 0 ? manifestOf(dir) : {};
    return { file: copy, packageName: name, description: typeof description === 'string' ? description : '' };
  });
}

function rankOf(file: string): number {
  const { dir, base } = path.parse(file);
  if (/^readme\.md$/i.test(base) && isPackage(dir)) return 0;
  return /^readme/i.test(base) ? 1 : 2;
}

/** Whether a folder is that of an installed package: directly below a node_modules, or below a scope there. */
function isPackage(folder: string): boolean {
  const isThere = /(^|\/node_modules\/)(@[^/]+\/)?[^/]+$/.test(folder.split(path.sep).join('/'));
  return isThere && existsSync(path.join(MODULES, folder, 'package.json'));
}

function manifestOf(folder: string): { name?: string; description?: unknown } {
  return JSON.parse(readFileSync(path.join(MODULES, folder, 'package.json'), 'utf8'));
}
