import { lstatSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { contentTypeOf } from './content-type';

/** A file that is going to be a document. */
export interface LocalFile {
  readonly file: string;
  /** The document's name within its tenant. */
  readonly path: string;
  readonly contentType: string;
}

/** A file or folder that is not sent, and why. */
export interface LeftOut {
  readonly file: string;
  readonly why: string;
}

/** What was found below the paths that somebody typed. */
export interface FoundFiles {
  readonly files: readonly LocalFile[];
  readonly leftOut: readonly LeftOut[];
}

/** The longest path of a document in bytes, and the largest document: the limits of ingestion. */
const LONGEST_PATH_BYTES = 700;
const LARGEST_BYTES = 100 * 1024 * 1024;

/**
 * The files below paths, in order. A document is called by its path from `from`, the folder that people are in, or, for
 * a PATH that lies elsewhere, from the folder that holds it. Links are not followed. Throws an Error for a path that is not there, and
 * where two files would be one document.
 */
export function findFiles(paths: readonly string[], from = process.cwd()): FoundFiles {
  const files = new Map<string, LocalFile>();
  const leftOut: LeftOut[] = [];
  for (const named of paths) {
    const start = path.resolve(from, named);
    const base = isBelow(from, start) ? from : path.dirname(start);
    walk(start, named, base);
  }
  return { files: [...files.values()], leftOut };

  function walk(file: string, shown: string, base: string): void {
    const stat = lstatSync(file, { throwIfNoEntry: false });
    if (!stat) throw new Error(`${shown} is not there.`);
    if (stat.isDirectory()) {
      for (const name of readdirSync(file).sort()) {
        const below = path.join(file, name);
        const why = whyNotBelow(name);
        if (why) leftOut.push({ file: path.join(shown, name), why });
        else walk(below, path.join(shown, name), base);
      }
      return;
    }
    const document = path.relative(base, file).split(path.sep).join('/');
    const contentType = contentTypeOf(document);
    const why = whyNotFile(stat, document, contentType);
    if (why !== undefined || contentType === undefined) {
      leftOut.push({ file: shown, why: why ?? 'of no supported type' });
      return;
    }
    const other = files.get(document);
    if (other && other.file !== file) {
      throw new Error(`${other.file} and ${file} would both be the document ${document}: ingest them one by one.`);
    }
    files.set(document, { file, path: document, contentType });
  }
}

function whyNotBelow(name: string): string | undefined {
  if (name.startsWith('.')) return 'hidden';
  return name === 'node_modules' ? 'node_modules: name it, or what is in it, to have it' : undefined;
}

function whyNotFile(
  stat: { isFile(): boolean; size: number },
  document: string,
  contentType: string | undefined,
): string | undefined {
  if (!stat.isFile()) return 'no plain file';
  if (contentType === undefined) return 'of no supported type';
  if (stat.size > LARGEST_BYTES) return 'larger than 100 MB';
  return Buffer.byteLength(document) > LONGEST_PATH_BYTES
    ? `its path has more than ${LONGEST_PATH_BYTES} bytes`
    : undefined;
}

function isBelow(folder: string, file: string): boolean {
  const relative = path.relative(folder, file);
  return relative !== '' && !relative.startsWith('..') && !path.isAbsolute(relative);
}
