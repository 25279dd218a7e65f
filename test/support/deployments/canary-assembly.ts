/**
 * Owns assemblies of the orders stack of `dev` that are deployed by a canary: the synthesized one, with what the constructs make
 * of a canary in place of what they make of a stage that goes over at once.
 */
import { cpSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Canary } from '../../../lib/constructs/live-alias';
import { dev } from '../../../lib/stages/dev';
import { ordersTemplate } from '../../template/stage-templates';
import { ASSEMBLY_FOLDER } from '../assembly-folder';

/** Resources of a template, by logical id. */
type Resources = Record<string, any>;

/** What a release changes in the template of the orders stack. */
export type ReleaseEdit = (resources: Resources) => void;

const ALIAS = /^WorkflowsOrdersLive/;
const SAGA = /^WorkflowsOrdersStateMachine[0-9A-F]{8}$/;

/** Writes the assembly of a release and gives its folder. Releases with another id differ in what names it. */
export function canaryAssembly(deployment: Canary, release: string, edit: ReleaseEdit = () => {}): string {
  const folder = path.join(mkdtempSync(path.join(tmpdir(), 'stepwright-canary-')), 'cdk.out');
  cpSync(ASSEMBLY_FOLDER, folder, { recursive: true });
  const manifest = path.join(folder, 'manifest.json');
  const { artifacts, ...rest } = JSON.parse(readFileSync(manifest, 'utf8'));
  const orders = Object.keys(artifacts).find((id) => id.endsWith('-orders'))!;
  writeFileSync(manifest, JSON.stringify({ ...rest, artifacts: withDependencies(artifacts, orders) }));

  const file = path.join(folder, readdirSync(folder).find((name) => /-orders\.template\.json$/.test(name))!);
  const template = JSON.parse(readFileSync(file, 'utf8'));
  const resources: Resources = template.Resources;
  edit(resources);
  for (const id of Object.keys(resources).filter((id) => ALIAS.test(id))) delete resources[id];
  Object.assign(resources, liveResources(deployment, release));
  const [sagaId] = find(resources, SAGA);
  resources[sagaId].Properties.DefinitionSubstitutions.Release = release;
  writeFileSync(file, JSON.stringify(template));
  return folder;
}

/** An artifact of an assembly, and all that it depends on. */
function withDependencies(artifacts: Record<string, any>, id: string): Record<string, any> {
  const needed = (artifacts[id].dependencies ?? []).map((other: string) => withDependencies(artifacts, other));
  return Object.assign({}, ...needed, { [id]: artifacts[id] });
}

/** The version, the alarms and the alias of the saga, with the id of this release in place of that of the template. */
function liveResources(deployment: Canary, release: string): Resources {
  const made: Resources = ordersTemplate({ ...dev, deployments: deployment }).toJSON().Resources;
  const [, saga] = find(made, SAGA);
  const madeRelease: string = saga.Properties.DefinitionSubstitutions.Release;
  const live = Object.fromEntries(Object.entries(made).filter(([id]) => ALIAS.test(id)));
  return JSON.parse(JSON.stringify(live).replaceAll(madeRelease, release));
}

/** The definition of the saga, changed. */
export function editSaga(resources: Resources, edit: (definition: any) => void): void {
  const [, saga] = find(resources, SAGA);
  const definition = JSON.parse(saga.Properties.DefinitionString);
  edit(definition);
  saga.Properties.DefinitionString = JSON.stringify(definition);
}

/** A function of which the release has another version, as one with other code would have. */
export function editFunction(resources: Resources, name: string, variable: string): void {
  const [, made] = find(resources, new RegExp(`^Steps${name}Function[0-9A-F]{8}$`));
  made.Properties.Environment.Variables[variable] = 'yes';
  const [versionId, version] = find(resources, new RegExp(`^Steps${name}FunctionCurrentVersion`));
  const nextId = `${versionId.slice(0, -variable.length)}${variable}`;
  delete resources[versionId];
  const renamed = JSON.parse(JSON.stringify(resources).replaceAll(`"${versionId}"`, `"${nextId}"`));
  Object.assign(resources, renamed, { [nextId]: version });
}

function find(resources: Resources, pattern: RegExp): [string, any] {
  const found = Object.entries(resources).find(([id]) => pattern.test(id));
  if (!found) throw new Error(`No resource of the orders stack is called ${pattern}.`);
  return found;
}
