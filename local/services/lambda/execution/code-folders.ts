import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FunctionCode } from '../model';
import type { LambdaStore } from '../store';
import { unpackZip } from '../zip-archive';

/** Where the bundles of functions lie. ZIP files are unpacked, once for each hash, when their first worker starts. */
export class CodeFolders {
  private readonly unpacked = new Map<string, string>();
  private root: string | undefined;

  constructor(private readonly store: LambdaStore) {}

  /** The folder of a bundle; undefined for inline source. Throws InvalidParameterValueException for a damaged ZIP file. */
  folderOf(code: FunctionCode): string | undefined {
    if (code.kind === 'inline') return undefined;
    if (code.kind === 'folder') return code.path;
    let folder = this.unpacked.get(code.sha256);
    if (folder === undefined) {
      this.root ??= mkdtempSync(join(tmpdir(), 'stepwright-functions-'));
      folder = join(this.root, Buffer.from(code.sha256, 'base64').toString('hex'));
      mkdirSync(folder, { recursive: true });
      unpackZip(this.store.archive(code.sha256), folder);
      this.unpacked.set(code.sha256, folder);
    }
    return folder;
  }

  /** Deletes what was unpacked. */
  remove(): void {
    if (this.root) rmSync(this.root, { recursive: true, force: true });
    this.root = undefined;
    this.unpacked.clear();
  }
}
