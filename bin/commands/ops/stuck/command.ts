import type { Command } from 'commander';
import { printable } from '../../printable';
import { Aws } from '../aws';
import { opsCommand } from '../ops-command';
import { readSince } from '../since';
import { duration } from '../table';
import type { Search, Stuck } from './stuck';
import { stuckApprovals } from './stuck-approvals';
import { stuckDocuments } from './stuck-documents';
import { stuckExecutions } from './stuck-executions';
import { stuckOrders } from './stuck-orders';
import { stuckQuestions } from './stuck-questions';

interface Flags {
  readonly outputs?: string;
  readonly json?: boolean;
  readonly before: number;
  readonly yes?: boolean;
}

const FIFTEEN_MINUTES_MS = 15 * 60_000;

/** `stuck list|fix`. */
export function addStuckCommands(program: Command): void {
  const stuck = program.command('stuck').description('what stands still: executions, orders, approvals, documents');
  withAge(opsCommand(stuck, 'list', 'finds it, and says what could be done')).action((flags: Flags) =>
    Aws.using(flags.outputs, (aws) => run(aws, flags, false)),
  );
  withAge(opsCommand(stuck, 'fix', 'says what it would do; does it with --yes'))
    .option('--yes', 'do it')
    .action((flags: Flags) => Aws.using(flags.outputs, (aws) => run(aws, flags, flags.yes ?? false)));
}

function withAge(command: Command): Command {
  return command
    .option(
      '--before <moment>',
      'what has stood still since before then: 15m, 1h, 1d or a moment in ISO 8601',
      readSince,
      Date.now() - FIFTEEN_MINUTES_MS,
    )
    .addHelpText('after', '\nExit codes: 0 nothing stands still, or all of it was fixed; 1 something does.');
}

async function run(aws: Aws, { outputs, json, before }: Flags, isFixing: boolean): Promise<void> {
  const searches: Search[] = [
    await stuckExecutions(aws, Date.now()),
    await stuckQuestions(aws, outputs!, { beforeMs: before, nowMs: Date.now() }),
    await stuckOrders(aws, before),
    await stuckApprovals(aws, outputs!),
    await stuckDocuments(aws, before),
  ];
  const found = searches.flatMap((search) => search.found);
  let left = 0;
  for (const one of found) {
    const outcome = isFixing ? await fix(aws, one) : 'found';
    if (outcome !== 'fixed') left++;
    print(one, outcome, json ?? false);
  }
  const blind = searches.flatMap((search) => search.blind);
  if (!json) {
    for (const what of blind) console.log(`Cannot tell: ${what}.`);
    console.log(
      found.length === 0 ? 'Nothing stands still.' : `${found.length} stand still, ${found.length - left} fixed.`,
    );
  }
  process.exitCode = left === 0 ? 0 : 1;
}

async function fix({ operatorLog }: Aws, { stack, kind, id, why, remedy, repair }: Stuck): Promise<string> {
  if (!repair) return 'left to a person';
  await operatorLog.write(stack, { act: 'fix', kind, id, why, remedy });
  try {
    await repair();
    return 'fixed';
  } catch (error) {
    return `not fixed: ${(error as Error).message}`;
  }
}

function print({ stack, kind, id, sinceMs, why, remedy }: Stuck, outcome: string, isJson: boolean): void {
  const since = new Date(sinceMs).toISOString();
  if (isJson) {
    console.log(JSON.stringify({ stack: stack.name, kind, id, since, why, remedy, outcome }));
    return;
  }
  const age = duration((Date.now() - sinceMs) / 1000);
  console.log(`${kind} ${printable(id)}\n  for ${age}: ${printable(why)}\n  ${outcome}: ${printable(remedy)}`);
}
