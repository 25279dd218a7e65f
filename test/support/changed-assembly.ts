import { cpSync, mkdtempSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ASSEMBLY_FOLDER } from './assembly-folder';

/** The template of a stack of the tests' assembly, by the end of its name: `approvals`, `orders`. */
export function synthesizedTemplate(stack: string): any {
  return JSON.parse(readFileSync(path.join(ASSEMBLY_FOLDER, templateName(stack)), 'utf8'));
}

/** The tests' assembly in a new folder, the template of one stack changed. */
export function changedAssembly(stack: string, change: (template: any) => void): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'stepwright-assembly-'));
  for (const name of readdirSync(ASSEMBLY_FOLDER)) {
    const source = path.resolve(ASSEMBLY_FOLDER, name);
    if (name.startsWith('asset.')) symlinkSync(source, path.join(folder, name));
    else cpSync(source, path.join(folder, name));
  }
  const template = synthesizedTemplate(stack);
  change(template);
  writeFileSync(path.join(folder, templateName(stack)), JSON.stringify(template));
  return folder;
}

function templateName(stack: string): string {
  return readdirSync(ASSEMBLY_FOLDER).find((name) => name.endsWith(`-${stack}.template.json`))!;
}
