import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { invalidParameter } from './faults';
import type { FunctionCode } from './model';

/** Code with its size in bytes and its hash, in Base64 as Lambda shows it. */
export interface MeasuredCode {
  readonly Code: FunctionCode;
  readonly CodeSize: number;
  readonly CodeSha256: string;
}

/** Reads the code once, at deploy. Throws InvalidParameterValueException when there is none. */
export function measureCode(Code: FunctionCode): MeasuredCode {
  const hash = createHash('sha256');
  let CodeSize = 0;
  const add = (name: string, content: Buffer) => {
    hash.update(name).update('\0').update(content);
    CodeSize += content.length;
  };
  if (Code.kind === 'inline') add('index.js', Buffer.from(Code.source));
  else for (const path of filesOf(Code.path)) add(relative(Code.path, path), readFileSync(path));
  if (CodeSize === 0) throw invalidParameter('Uploaded file must be a non-empty zip');
  return { Code, CodeSize, CodeSha256: hash.digest('base64') };
}

function filesOf(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
      .sort();
  } catch (error) {
    throw invalidParameter(`The code of the function cannot be read as a folder: ${(error as Error).message}`);
  }
}
