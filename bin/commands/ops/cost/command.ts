import { type Command, InvalidArgumentError, Option } from 'commander';
import { Aws } from '../aws';
import { opsCommand } from '../ops-command';
import { readSince } from '../since';
import { table } from '../table';
import { type CostLine, totalDollars } from './cost-line';
import { executionCost } from './execution-cost';
import { workflowCost } from './workflow-cost';

const DAY_MS = 24 * 3_600_000;

/** The output by which the stack of a workflow is known. */
const MARKERS: Readonly<Record<string, string>> = {
  orders: 'OrdersMachineArn',
  approvals: 'ApprovalsApiUrl',
  documents: 'IngestMachineArn',
  'fan-out': 'DeliveryMachineArn',
  quotes: 'QuotesApiUrl',
};

interface Flags {
  readonly outputs?: string;
  readonly json?: boolean;
  readonly execution?: string;
  readonly workflow?: string;
  readonly since: number;
  readonly most: number;
}

/** `cost`. */
export function addCostCommand(program: Command): void {
  opsCommand(program, 'cost', 'what ran, in list prices of us-east-1')
    .option('--execution <arn>', 'one Standard execution')
    .addOption(new Option('--workflow <name>', 'only one; all stacks when left out').choices(Object.keys(MARKERS)))
    .option(
      '--since <moment>',
      'since when: 30m, 24h, 7d or a moment in ISO 8601; a day when left out',
      readSince,
      Date.now() - DAY_MS,
    )
    .option('--most <number>', 'histories to read of each machine', readMost, 500)
    .action((flags: Flags) => Aws.using(flags.outputs, (aws) => cost(aws, flags)));
}

async function cost(aws: Aws, { execution, workflow, since, most, json }: Flags): Promise<void> {
  if (execution) {
    print(execution, await executionCost(aws, execution), json);
    return;
  }
  const marker = workflow && MARKERS[workflow]!;
  const stacks = aws.deployment.stacks.filter(({ outputs }) => !marker || marker in outputs);
  if (stacks.length === 0)
    throw new Error(`The outputs file has no stack with the output ${marker}: it is not deployed.`);
  for (const stack of stacks) {
    const lines = await workflowCost(aws, stack, { sinceMs: since, mostHistories: most });
    print(`${stack.name} since ${new Date(since).toISOString()}`, lines, json);
  }
}

function print(title: string, lines: readonly CostLine[], isJson = false): void {
  if (isJson) {
    console.log(JSON.stringify({ title, dollars: totalDollars(lines), lines }));
    return;
  }
  const dollars = (amount: number | undefined) => (amount === undefined ? '–' : amount.toFixed(8));
  const rows = lines.map((line) => [line.what, line.quantity, dollars(line.dollars)]);
  console.log(`${title}\n`);
  console.log(table(['what', 'how many', 'dollars'], [...rows, ['in all', '', dollars(totalDollars(lines))]]));
  console.log('');
}

function readMost(text: string): number {
  const most = Number(text);
  if (Number.isInteger(most) && most >= 1) return most;
  throw new InvalidArgumentError('must be a whole number from 1.');
}
