import { styleText } from 'node:util';
import { type Command, Option } from 'commander';
import { printable } from '../../printable';
import { Aws } from '../aws';
import { opsCommand } from '../ops-command';
import { runCheck } from './check';
import { CHECKLISTS } from './checklists';

type Stage = keyof typeof CHECKLISTS;

const COLOURS = { passed: 'green', failed: 'red', 'cannot tell': 'yellow' } as const;

/** `readiness`. */
export function addReadinessCommand(program: Command): void {
  opsCommand(program, 'readiness', 'a checklist of docs/operating.md, each line passed or failed with its evidence')
    .addOption(
      new Option('--stage <stage>', 'which checklist').choices(Object.keys(CHECKLISTS)).default('pre-production'),
    )
    .addHelpText('after', '\nExit codes: 0 every line passed, 1 some failed, 2 none failed and some nobody can tell.')
    .action(({ outputs, stage, json }: { outputs?: string; stage: Stage; json?: boolean }) =>
      Aws.using(outputs, (aws) => readiness(aws, stage, json ?? false)),
    );
}

async function readiness(aws: Aws, stage: Stage, isJson: boolean): Promise<void> {
  const counts = { passed: 0, failed: 0, 'cannot tell': 0 };
  for (const check of CHECKLISTS[stage]) {
    const { status, evidence } = await runCheck(aws, check);
    counts[status]++;
    if (isJson) console.log(JSON.stringify({ id: check.id, line: check.line, status, evidence }));
    else {
      console.log(`${styleText(COLOURS[status], status.padEnd(11))}  ${check.id}: ${check.line}`);
      console.log(`             ${printable(evidence)}`);
    }
  }
  if (!isJson) {
    console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts['cannot tell']} nobody can tell.`);
  }
  process.exitCode = counts.failed > 0 ? 1 : counts['cannot tell'] > 0 ? 2 : 0;
}
