import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** `folder/file.outer.inner` in its parts; undefined for what is no name of a handler. */
export function readHandler(handler: string): { readonly moduleName: string; readonly members: string[] } | undefined {
  const match = /^([^.]*)\.(.+)$/.exec(basename(handler));
  if (!match || handler.includes('..')) return undefined;
  return { moduleName: join(dirname(handler), match[1]!), members: match[2]!.split('.') };
}

/** The file of a bundle that a handler lies in, ES modules first, as the runtime of Lambda looks for it; undefined when there is none. */
export function bundleFile(folder: string, handler: string): string | undefined {
  const read = readHandler(handler);
  if (!read) return undefined;
  const path = join(folder, read.moduleName);
  return ['.mjs', '.js', '.cjs', ''].map((extension) => path + extension).find((file) => existsSync(file));
}
