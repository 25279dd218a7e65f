import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Command } from 'commander';
import type { AskedRequest } from '../services/iam/decision-record';
import { type Evidence, Judge } from './iam/judge';
import { refusalText, usageLines, verdictLines } from './iam/print';
import { runWorkload } from './iam/run-workload';
import { unused, usageOf } from './iam/usage';
import { verdictOn } from './iam/verdict';
import { runCommand, Steps } from './steps';
import { synthesize } from './synthesize';

/** The smallest share of mutants that must be noticed. */
const LEAST_SHARE = 0.95;

interface Options {
  readonly assembly?: string;
  readonly json?: string;
}

/** `npm run iam`: what the policies of the stacks grant, held against a workload that uses everything. */
runCommand(async () => {
  const program = new Command('iam').description("Holds the stacks' policies against what a workload needs.");
  const command = (name: string, description: string, work: (evidence: Evidence, options: Options) => number) =>
    program
      .command(name)
      .description(description)
      .option('--assembly <folder>', 'take this cdk.out instead of synthesizing')
      .option('--json <file>', 'also write the result as JSON')
      .action(async (options: Options) => process.exit(work(await evidenceOf(options), options)));
  command('report', 'what each policy grants, what was never used of it, and what was refused', report);
  command('mutate', 'takes every action, resource and principal away, one at a time, and tells who noticed', mutate);
  await program.parseAsync();
});

function report(evidence: Evidence, { json }: Options): number {
  if (evidence.endedBy) return missing(evidence.endedBy);
  const usage = usageOf(evidence, new Judge(evidence));
  if (json) writeFileSync(json, `${JSON.stringify(usage, null, 2)}\n`);
  console.log(`\n${usageLines(usage).join('\n')}`);
  return unused(usage).length + usage.refused.length === 0 ? 0 : 1;
}

function mutate(evidence: Evidence, { json }: Options): number {
  if (evidence.endedBy) return missing(evidence.endedBy);
  const verdict = verdictOn(evidence, new Judge(evidence));
  if (json) writeFileSync(json, `${JSON.stringify(verdict, null, 2)}\n`);
  console.log(`\n${verdictLines(verdict).join('\n')}`);
  return verdict.share >= LEAST_SHARE ? 0 : 1;
}

/** A workload that could not go on tells nothing of what it would have used. */
function missing(asked: AskedRequest): number {
  console.log(`\n✘ ${refusalText(asked)} The workload ends there: a grant is missing.`);
  return 1;
}

async function evidenceOf({ assembly }: Options): Promise<Evidence> {
  const steps = new Steps();
  const folder = `.local/iam-${process.pid}`;
  try {
    const assemblyFolder = assembly ?? path.join(folder, 'cdk.out');
    if (!assembly) await steps.run('synthesized the stacks', () => synthesize(assemblyFolder));
    const evidence = await runWorkload(assemblyFolder, (part) => steps.say(`✔ ${part} ${steps.elapsedSeconds} s`));
    steps.say(`${evidence.requests.length} different requests were decided by ${evidence.policies.length} policies.`);
    return evidence;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
