import { DeleteStateMachineVersionCommand, type ExecutionStatus } from '@aws-sdk/client-sfn';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { printable } from '../../printable';
import { Aws } from '../aws';
import { executionsOf } from '../executions';
import { chooseMachine, machinesOf } from '../machines';
import { opsCommand } from '../ops-command';
import { table } from '../table';
import { type MachineVersion, needless, readVersions, versionNumber } from './machine-versions';

/** Enough for a look back; a machine may have 1,000. */
const KEPT_VERSIONS = 20;
const SHOWN_EXECUTIONS = 50;
const STATUSES = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'];

interface Flags {
  readonly outputs?: string;
  readonly json?: boolean;
}

/** `versions list|executions|prune`. */
export function addVersionsCommands(program: Command): void {
  const versions = program
    .command('versions')
    .description('which versions of the workflows are live, and who runs on them');
  opsCommand(
    versions,
    'list',
    'every machine: its versions, their share of new executions, and how many run on each',
  ).action(({ outputs, json }: Flags) => Aws.using(outputs, (aws) => list(aws, json)));
  opsCommand(versions, 'executions <machine>', 'the latest executions of a machine, each with its version')
    .addOption(new Option('--status <status>', 'only those of a status').choices(STATUSES))
    .option('--most <number>', 'how many', readCount, SHOWN_EXECUTIONS)
    .action((name: string, flags: Flags & { status?: ExecutionStatus; most: number }) =>
      Aws.using(flags.outputs, (aws) => executions(aws, name, flags)),
    );
  opsCommand(versions, 'prune', 'deletes versions that no alias leads to and no execution runs on')
    .option('--keep <number>', 'how many of the latest stay whatever happens', readCount, KEPT_VERSIONS)
    .option('--dry-run', 'only say which')
    .action((flags: Flags & { keep: number; dryRun?: boolean }) =>
      Aws.using(flags.outputs, (aws) => prune(aws, flags)),
    );
}

async function list(aws: Aws, isJson = false): Promise<void> {
  const rows: (readonly (string | number)[])[] = [];
  for (const { arn, name } of machinesOf(aws)) {
    const { versions, runningOnDeleted, runningOnNone } = await readVersions(aws.sfn, arn);
    if (isJson) {
      console.log(JSON.stringify({ machine: name, arn, versions, runningOnDeleted, runningOnNone }));
      continue;
    }
    const isOfInterest = ({ weights, running }: MachineVersion) => Object.keys(weights).length > 0 || running !== 0;
    for (const version of versions.filter((each, index) => index === 0 || isOfInterest(each))) {
      const { number, running, createdAt } = version;
      rows.push([name, String(number), shares(version), running ?? '–', createdAt?.toISOString() ?? '']);
    }
    if (runningOnDeleted > 0) rows.push([name, 'deleted', '', runningOnDeleted, '']);
    if (runningOnNone > 0) rows.push([name, 'none', '', runningOnNone, '']);
  }
  if (!isJson) console.log(table(['machine', 'version', 'gets', 'running', 'made at'], rows));
}

function shares({ weights }: MachineVersion): string {
  return Object.entries(weights)
    .map(([alias, weight]) => `${weight} % of ${alias}`)
    .join(', ');
}

async function executions(
  aws: Aws,
  text: string,
  { json, status, most }: Flags & { status?: ExecutionStatus; most: number },
): Promise<void> {
  const { arn } = chooseMachine(aws, text);
  const rows: string[][] = [];
  for await (const execution of executionsOf(aws.sfn, arn, { status })) {
    if (rows.length === most) break;
    const version = versionNumber(execution.stateMachineVersionArn);
    const { name, status: is, startDate } = execution;
    if (json) console.log(JSON.stringify({ name, status: is, version, startDate, arn: execution.executionArn }));
    rows.push([printable(name!), is!, version === undefined ? 'none' : String(version), startDate!.toISOString()]);
  }
  if (!json) console.log(table(['execution', 'status', 'version', 'started at'], rows));
}

async function prune(aws: Aws, { json, keep, dryRun = false }: Flags & { keep: number; dryRun?: boolean }) {
  let count = 0;
  for (const { arn, name, stack } of machinesOf(aws)) {
    const found = needless(await readVersions(aws.sfn, arn), keep);
    for (const version of found) {
      count++;
      if (json) console.log(JSON.stringify({ machine: name, version: version.number, isDeleted: !dryRun }));
      else console.log(`${name} ${version.number}${dryRun ? ' would be deleted' : ''}`);
      if (dryRun) continue;
      await aws.operatorLog.write(stack, { act: 'versions prune', version: version.arn });
      await aws.sfn.send(new DeleteStateMachineVersionCommand({ stateMachineVersionArn: version.arn }));
    }
  }
  if (!json) console.log(count === 0 ? 'Nothing is needless.' : `${count} versions${dryRun ? '' : ' deleted'}.`);
}

function readCount(text: string): number {
  const count = Number(text);
  if (!Number.isInteger(count) || count < 1) throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return count;
}
