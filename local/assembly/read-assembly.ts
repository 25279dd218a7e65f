import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Assembly, AssemblyStack, AssetLocation, Environment } from './assembly';
import { AssemblyError } from './assembly-error';
import { fillPlaceholders } from './placeholders';
import { readAssets } from './read-assets';
import { orderStacks } from './stack-order';
import { type Template, templateFaults } from './template';

/**
 * Major versions of the cloud assembly schema that are understood. 36 is the first of CDK 2.100; the last one is that of
 * the CDK which the project pins.
 */
const OLDEST_MANIFEST = 36;
const NEWEST_MANIFEST = 55;

interface Artifact {
  readonly type: string;
  readonly environment?: string;
  readonly properties?: Record<string, any>;
  readonly dependencies?: readonly string[];
}

/**
 * Reads a folder that `cdk synth` wrote, its nested assemblies (stages) included.
 * Throws AssemblyError when it is missing, broken, too new, or made for another account or region.
 */
export function readAssembly(directory: string, environment: Environment): Assembly {
  const root = resolve(directory);
  const stacks: AssemblyStack[] = [];
  const assets: AssetLocation[] = [];
  readInto(root, environment, stacks, assets);
  return { directory: root, stacks: orderStacks(stacks), assets };
}

function readInto(directory: string, environment: Environment, stacks: AssemblyStack[], assets: AssetLocation[]): void {
  const manifest = readJson(join(directory, 'manifest.json'));
  checkVersion(manifest.version, directory);
  const artifacts = (manifest.artifacts ?? {}) as Record<string, Artifact>;
  for (const [id, artifact] of Object.entries(artifacts)) {
    const properties = artifact.properties ?? {};
    switch (artifact.type) {
      case 'aws:cloudformation:stack':
        stacks.push(readStack(id, artifact, artifacts, directory, environment));
        break;
      case 'cdk:asset-manifest':
        assets.push(...readAssets(readJson(join(directory, properties.file)), directory, environment));
        break;
      case 'cdk:cloud-assembly':
        readInto(join(directory, properties.directoryName), environment, stacks, assets);
        break;
      default: // The construct tree and reports: for people, not for a deployment.
    }
  }
}

function readStack(
  id: string,
  artifact: Artifact,
  artifacts: Record<string, Artifact>,
  directory: string,
  environment: Environment,
): AssemblyStack {
  const properties = artifact.properties ?? {};
  checkEnvironment(id, artifact.environment, environment);
  const template = readJson(join(directory, properties.templateFile)) as Template;
  const faults = templateFaults(template);
  // A stack of outputs alone is written without Resources; CDK's own CLI skips it with a warning.
  const isEmpty = !template.Resources && faults.length === 1;
  if (faults.length > 0 && !isEmpty) throw new AssemblyError(`stack ${id}: ${faults.join('; ')}`);
  return {
    id,
    stackName: properties.stackName ?? id,
    template: isEmpty ? { ...template, Resources: {} } : template,
    parameters: fillPlaceholders(properties.parameters ?? {}, environment),
    tags: properties.tags ?? {},
    dependencies: (artifact.dependencies ?? []).filter((other) => artifacts[other]?.type !== 'cdk:asset-manifest'),
    terminationProtection: properties.terminationProtection === true,
  };
}

function readJson(file: string): any {
  if (!existsSync(file)) {
    throw new AssemblyError(`no ${file}: the app has not been synthesized, or only in part; run \`npm run synth\``);
  }
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new AssemblyError(`${file} is not JSON (${(error as Error).message}): run \`npm run synth\` again`);
  }
}

function checkVersion(version: unknown, directory: string): void {
  const major = Number.parseInt(String(version), 10);
  if (major >= OLDEST_MANIFEST && major <= NEWEST_MANIFEST) return;
  throw new AssemblyError(
    `${directory} has cloud assembly version ${JSON.stringify(version)}; versions ${OLDEST_MANIFEST} to ${NEWEST_MANIFEST} ` +
      'are understood: synthesize with the CDK that package.json names (`npm ci && npm run synth`)',
  );
}

/** `aws://unknown-account/unknown-region` is the CDK's word for an environment-agnostic stack. */
function checkEnvironment(id: string, name: string | undefined, environment: Environment): void {
  const match = /^aws:\/\/([^/]+)\/([^/]+)$/.exec(name ?? 'aws://unknown-account/unknown-region');
  if (!match)
    throw new AssemblyError(`stack ${id} has environment ${JSON.stringify(name)}: run \`npm run synth\` again`);
  const [, accountId, region] = match;
  const isHere =
    (accountId === 'unknown-account' || accountId === environment.accountId) &&
    (region === 'unknown-region' || region === environment.region);
  if (isHere) return;
  throw new AssemblyError(
    `stack ${id} was synthesized for ${name}, but the embedded AWS is aws://${environment.accountId}/${environment.region}: ` +
      'synthesize it without an account and region (`npm run synth` with no CDK_DEFAULT_ACCOUNT and CDK_DEFAULT_REGION)',
  );
}
