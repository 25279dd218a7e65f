import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Mutant } from './mutants';
import type { Named } from './policy-statement';

/** An action that nobody has: what is left of a statement from which its only one was taken. */
const NOTHING = 'nothing:Nothing';

/** A copy of an assembly in which one template is another. */
export interface PlantedAssembly {
  readonly folder: string;
  remove(): void;
}

/** Copies an assembly and lets `change` have one stack's template. Assets are only linked. */
export function plantedAssembly(folder: string, stackName: string, change: (template: any) => void): PlantedAssembly {
  const copy = mkdtempSync(path.join(tmpdir(), 'stepwright-iam-'));
  for (const name of readdirSync(folder)) {
    const source = path.resolve(folder, name);
    if (name.startsWith('asset.')) symlinkSync(source, path.join(copy, name));
    else cpSync(source, path.join(copy, name), { recursive: true });
  }
  const file = path.join(copy, `${stackName}.template.json`);
  const template = JSON.parse(readFileSync(file, 'utf8'));
  change(template);
  writeFileSync(file, JSON.stringify(template));
  return { folder: copy, remove: () => rmSync(copy, { recursive: true, force: true }) };
}

/** Makes a mutant in a template, where its statement stands. Throws an Error when it does not stand there. */
export function plantMutant(template: any, { policy, statementIndex, taken }: Mutant): void {
  const { logicalId, path: members } = policy;
  if (members.length === 0) {
    // What is left of a permission is none.
    removeResource(template, logicalId);
    return;
  }
  const document = members.reduce((value, member) => value[member], template.Resources[logicalId].Properties);
  const statement = [document.Statement].flat()[statementIndex];
  const names = [read(statement, taken)].flat();
  if (names.length <= taken.index)
    throw new Error(`${logicalId} has no ${taken.element} ${taken.name} in its template.`);
  const rest = names.filter((_, index) => index !== taken.index);
  if (rest.length > 0) write(statement, taken, rest);
  else {
    delete statement.NotAction;
    statement.Action = NOTHING;
  }
}

function read(statement: any, { element, kind }: Named): unknown {
  return kind === undefined ? statement[element] : statement[element][kind];
}

function write(statement: any, { element, kind }: Named, names: unknown[]): void {
  if (kind === undefined) statement[element] = names;
  else statement[element][kind] = names;
}

function removeResource(template: any, logicalId: string): void {
  delete template.Resources[logicalId];
  for (const resource of Object.values<any>(template.Resources)) {
    if (resource.DependsOn) resource.DependsOn = [resource.DependsOn].flat().filter((id) => id !== logicalId);
  }
}
