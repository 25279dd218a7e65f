/** Owns `stats`: rows into groups, groups into figures. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax-Stats.html */
import { type Aggregate, type Grouping, Moment, type Row, type Value } from './model';
import { compareValues, numberOf } from './values';

/** Figures of averages and percentiles are rounded to so many places. */
const DECIMAL_PLACES = 4;

/** A row whose values are known. */
export class GroupRow implements Row {
  constructor(private readonly values: ReadonlyMap<string, Value>) {}

  value(field: string): Value {
    return this.values.get(field);
  }
}

/** One row for each group, in the order in which the groups are met; without groupings one row for all, also for none. */
export function groupRows(
  rows: readonly Row[],
  aggregates: readonly Aggregate[],
  groupings: readonly Grouping[],
): GroupRow[] {
  const groups = new Map<string, { readonly keys: readonly Value[]; readonly members: Row[] }>();
  if (groupings.length === 0) groups.set('', { keys: [], members: [] });
  for (const row of rows) {
    const keys = groupings.map((grouping) => keyOf(row, grouping));
    const id =
      groupings.length === 0 ? '' : JSON.stringify(keys.map((key) => (key === undefined ? null : String(key))));
    const group = groups.get(id) ?? { keys, members: [] };
    groups.set(id, group);
    group.members.push(row);
  }
  return [...groups.values()].map(({ keys, members }) => {
    const values = new Map<string, Value>(groupings.map(({ name }, index) => [name, keys[index]]));
    for (const aggregate of aggregates) values.set(aggregate.name, figureOf(members, aggregate));
    return new GroupRow(values);
  });
}

function keyOf(row: Row, { field, periodMilliseconds }: Grouping): Value {
  const value = row.value(field);
  if (periodMilliseconds === undefined || !(value instanceof Moment)) return value;
  return new Moment(Math.floor(value.milliseconds / periodMilliseconds) * periodMilliseconds);
}

function figureOf(rows: readonly Row[], { function: name, field, percent = 0 }: Aggregate): Value {
  if (field === undefined) return rows.length;
  const values = rows.map((row) => row.value(field)).filter((value) => value !== undefined);
  const numbers = values.map(numberOf).filter((number) => number !== undefined);
  switch (name) {
    case 'count':
      return values.length;
    case 'count_distinct':
      return new Set(values.map(String)).size;
    case 'sum':
      return rounded(sumOf(numbers));
    case 'avg':
      return numbers.length === 0 ? undefined : rounded(sumOf(numbers) / numbers.length);
    case 'min':
      return values.sort(compareValues)[0];
    case 'max':
      return values.sort(compareValues).at(-1);
    case 'pct':
      return percentile(numbers, percent);
  }
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

/** The smallest number that so many percent do not go beyond. */
function percentile(numbers: readonly number[], percent: number): number | undefined {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)];
}

function rounded(number: number): number {
  return Number(number.toFixed(DECIMAL_PLACES));
}
