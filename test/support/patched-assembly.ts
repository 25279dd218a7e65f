import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/**
 * A copy of an assembly in a folder of its own, in which functions whose logical id contains `name` run `prelude` before their
 * bundle. Their code has another hash, so that they are changed when the copy is deployed over the original.
 */
export function assemblyWithPrelude(assemblyFolder: string, name: string, prelude: string): string {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'stepwright-patched-')), 'cdk.out');
  cpSync(assemblyFolder, folder, { recursive: true });
  const templates = readdirSync(folder).filter((file) => file.endsWith('.template.json'));
  const hashes = new Set(templates.flatMap((file) => codeHashes(path.join(folder, file), name)));
  if (hashes.size === 0) throw new Error(`No function of ${assemblyFolder} has ${name} in its logical id.`);
  for (const hash of hashes) {
    const patched = createHash('sha256').update(hash).update(prelude).digest('hex');
    cpSync(path.join(folder, `asset.${hash}`), path.join(folder, `asset.${patched}`), { recursive: true });
    const bundle = path.join(folder, `asset.${patched}`, 'index.js');
    writeFileSync(bundle, `"use strict";${prelude}\n${readFileSync(bundle, 'utf8')}`);
    for (const file of readdirSync(folder).filter((one) => one.endsWith('.json'))) {
      const text = readFileSync(path.join(folder, file), 'utf8');
      writeFileSync(path.join(folder, file), text.replaceAll(hash, patched));
    }
  }
  return folder;
}

function codeHashes(template: string, name: string): string[] {
  const { Resources } = JSON.parse(readFileSync(template, 'utf8')) as { Resources: Record<string, any> };
  return Object.entries(Resources)
    .filter(([logicalId, { Type }]) => Type === 'AWS::Lambda::Function' && logicalId.includes(name))
    .map(([, { Properties }]) => Properties.Code.S3Key.replace(/\.zip$/, ''));
}
