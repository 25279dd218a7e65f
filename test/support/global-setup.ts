import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { synthesize } from '../../local/cli/synthesize';
import type * as StageTemplates from '../template/stage-templates';
import { ASSEMBLY_FOLDER } from './assembly-folder';
import { type PreparedStack, type PreparedStage, TEMPLATES_FOLDER, templateFile } from './templates-folder';

const SOURCES = [
  'bin/app.ts',
  'bin/commands/prices.ts',
  'lib',
  'lambdas',
  'statemachines',
  'cdk.json',
  'package-lock.json',
];
const MAKER = path.resolve(__dirname, '../template/stage-templates.ts');
const STAGES: readonly PreparedStage[] = ['dev', 'production'];

/** Synthesizes the app and its templates once for all tests, unless nothing that they are made of has changed since. */
export default async function globalSetup(): Promise<void> {
  const changedMs = Math.max(...SOURCES.map(newestChange));
  if (isOlder(path.join(ASSEMBLY_FOLDER, 'manifest.json'), changedMs)) await synthesize(ASSEMBLY_FOLDER);
  const makerMs = Math.max(changedMs, newestChange(MAKER));
  for (const stage of STAGES) if (isOlder(templateFile(stage, 'ingestion'), makerMs)) prepare(stage);
}

function prepare(stage: PreparedStage): void {
  // All of lib and the CDK: loaded only when there is something to synthesize.
  const { ingestionTemplate, settingsOf, stageTemplates }: typeof StageTemplates = require(MAKER);
  const settings = settingsOf[stage];
  mkdirSync(TEMPLATES_FOLDER, { recursive: true });
  // The last file stands for all of them.
  const templates = { ...stageTemplates(settings), ingestion: ingestionTemplate(settings) };
  for (const [stack, template] of Object.entries(templates)) {
    writeFileSync(templateFile(stage, stack as PreparedStack), JSON.stringify(template.toJSON()));
  }
}

function isOlder(made: string, changedMs: number): boolean {
  return !existsSync(made) || statSync(made).mtimeMs <= changedMs;
}

function newestChange(file: string): number {
  const stat = statSync(file);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(file).map((name) => newestChange(path.join(file, name))));
}
