import type { ExecutionStatus } from '@aws-sdk/client-sfn';
import { type Command, Option } from 'commander';
import { printable } from '../../printable';
import { Aws } from '../aws';
import { executionsOf } from '../executions';
import { chooseMachine } from '../machines';
import { opsCommand } from '../ops-command';
import { readSince } from '../since';
import { redriveExecution } from './redrive-execution';

const REDRIVABLE = ['FAILED', 'TIMED_OUT', 'ABORTED'] as const;

interface RedriveFlags {
  readonly outputs?: string;
  readonly json?: boolean;
  readonly machine?: string;
  readonly since?: number;
  readonly status?: ExecutionStatus;
  readonly dryRun?: boolean;
}

/** `redrive EXECUTION…` and `redrive --machine …`. */
export function addRedriveCommand(program: Command): void {
  opsCommand(
    program,
    'redrive [execution...]',
    'lets failed executions go on from where they failed, if that may be repeated',
  )
    .option('--machine <name>', 'all failed executions of a machine')
    .option('--since <moment>', 'only those that began since: 30m, 24h, 7d or a moment in ISO 8601', readSince)
    .addOption(new Option('--status <status>', 'only those of a status').choices(REDRIVABLE))
    .option('--dry-run', 'only say what would be redriven')
    .addHelpText(
      'after',
      '\nEach Task says at the end of its Comment whether it may run again. Exit codes: 0 all were redriven, 1 some were refused.',
    )
    .action((executions: string[], flags: RedriveFlags) =>
      Aws.using(flags.outputs, (aws) => redrive(aws, executions, flags)),
    );
}

async function redrive(aws: Aws, named: readonly string[], flags: RedriveFlags): Promise<void> {
  const executions = [...named];
  if (flags.machine) {
    const { arn } = chooseMachine(aws, flags.machine);
    for (const status of flags.status ? [flags.status] : REDRIVABLE) {
      for await (const { executionArn } of executionsOf(aws.sfn, arn, { status, sinceMs: flags.since })) {
        executions.push(executionArn!);
      }
    }
  } else if (named.length === 0) {
    throw new Error('Which executions? Give their ARNs, or --machine and --since.');
  }
  let refused = 0;
  for (const executionArn of executions) {
    const outcome = await redriveExecution(aws, executionArn, flags.dryRun ?? false);
    if (outcome.outcome === 'refused') refused++;
    console.log(
      flags.json ? JSON.stringify(outcome) : `${executionArn}\n  ${outcome.outcome}: ${printable(outcome.why)}`,
    );
  }
  if (!flags.json) console.log(`${executions.length} executions, ${refused} refused.`);
  process.exitCode = refused === 0 ? 0 : 1;
}
