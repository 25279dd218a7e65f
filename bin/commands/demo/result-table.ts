import type { ScenarioResult } from './run-scenarios';

const COLUMNS: { title: string; isNumber?: boolean; of(result: ScenarioResult): string }[] = [
  { title: 'scenario', of: (r) => r.scenario },
  { title: 'end', of: (r) => r.end },
  { title: 'transitions', isNumber: true, of: (r) => String(r.transitions) },
  { title: 'Lambda', isNumber: true, of: (r) => String(r.lambdaCalls) },
  { title: 'DynamoDB', isNumber: true, of: (r) => String(r.dynamoDbRequests ?? '–') },
  { title: 'SQS', isNumber: true, of: (r) => String(r.sqsMessages ?? '–') },
  { title: 'est. $ per 1,000', isNumber: true, of: costPerThousand },
  { title: 'ms', isNumber: true, of: (r) => String(r.milliseconds) },
];

/** The demo's results as text: a table, then the path of each scenario. */
export function renderResults(results: readonly ScenarioResult[]): string {
  const rows = results.map((result) => COLUMNS.map((column) => column.of(result)));
  const widths = COLUMNS.map((column, i) => Math.max(column.title.length, ...rows.map((row) => row[i]!.length)));
  const line = (cells: readonly string[]) =>
    cells.map((cell, i) => (COLUMNS[i]!.isNumber ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!))).join('  ');
  const paths = results.map((result) => {
    const shown = result.path.length > 0 ? result.path.join(' → ') : 'no execution';
    const more = result.executions > 1 ? ` (the first of ${result.executions} executions)` : '';
    return `  ${result.scenario}: ${shown}${more}${result.note ? `; ${result.note}` : ''}`;
  });
  return [
    line(COLUMNS.map((column) => column.title)),
    line(widths.map((width) => '─'.repeat(width))),
    ...rows.map(line),
    '',
    'Transitions and Lambda calls are those of the runs, from their histories; DynamoDB requests, SQS messages (sent,',
    'received, deleted) and the cost are those of everything that happened meanwhile, from CloudWatch.',
    '',
    'Paths:',
    ...paths,
  ].join('\n');
}

/** Dollars for a thousand such runs: of one order where the scenario has many. */
function costPerThousand(result: ScenarioResult): string {
  if (result.estimatedCostDollars === undefined) return '–';
  return ((result.estimatedCostDollars / Math.max(1, result.executions)) * 1000).toFixed(3);
}
