/**
 * Owns the language of Logs Insights as far as it is emulated: `fields`, `display`, `filter`, `sort`, `limit` and `stats`. Refuses the rest
 * of it at StartQuery, with MalformedQueryException and the place in the query: a command is never left out in silence.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL_QuerySyntax.html
 */
import { readCondition } from './condition';
import type { Aggregate, AggregateFunction, Column, Command, Grouping, SortKey } from './model';
import { TokenReader } from './token-reader';

const COMMANDS = "'fields', 'display', 'filter', 'sort', 'limit' or 'stats'";
const FUNCTIONS: readonly AggregateFunction[] = ['count', 'count_distinct', 'sum', 'avg', 'min', 'max', 'pct'];
const UNIT_MILLISECONDS: Readonly<Record<string, number>> = {
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};
const LARGEST_LIMIT = 10_000;

/** The commands of a query in their order. Throws MalformedQueryException. */
export function parseQuery(query: string): Command[] {
  const reader = new TokenReader(query);
  const commands = [readCommand(reader)];
  while (reader.take('|')) commands.push(readCommand(reader));
  if (!reader.isAtEnd) throw reader.unexpected("'|'");
  return commands;
}

function readCommand(reader: TokenReader): Command {
  if (reader.take('fields')) return { kind: 'fields', columns: reader.list(() => readColumn(reader)) };
  if (reader.take('display')) return { kind: 'display', columns: reader.list(() => readColumn(reader)) };
  if (reader.take('filter')) return { kind: 'filter', test: readCondition(reader) };
  if (reader.take('sort')) return { kind: 'sort', keys: reader.list(() => readSortKey(reader)) };
  if (reader.take('limit')) return { kind: 'limit', count: readLimit(reader) };
  if (reader.take('stats')) return readStats(reader);
  throw reader.unexpected(COMMANDS);
}

function readColumn(reader: TokenReader): Column {
  const field = reader.read('name', 'a field');
  return { field, name: readAlias(reader) ?? field };
}

function readAlias(reader: TokenReader): string | undefined {
  return reader.take('as') ? reader.read('name', 'a name') : undefined;
}

/** A field, or a figure by the words that made it: `sort count(*) desc`. */
function readSortKey(reader: TokenReader): SortKey {
  const first = reader.next;
  let field = reader.read('name', 'a field');
  if (reader.take('(')) {
    while (!reader.take(')')) reader.skip("')'");
    field = reader.writtenSince(first);
  }
  const isDescending = reader.take('desc');
  if (!isDescending) reader.take('asc');
  return { field, isDescending };
}

function readLimit(reader: TokenReader): number {
  const { next } = reader;
  const count = Number(reader.read('number', `a number from 1 to ${LARGEST_LIMIT}`));
  if (Number.isInteger(count) && count >= 1 && count <= LARGEST_LIMIT) return count;
  throw reader.refused(next, `a number from 1 to ${LARGEST_LIMIT}`);
}

function readStats(reader: TokenReader): Command {
  const aggregates = reader.list(() => readAggregate(reader));
  const groupings = reader.take('by') ? reader.list(() => readGrouping(reader)) : [];
  return { kind: 'stats', aggregates, groupings };
}

function readAggregate(reader: TokenReader): Aggregate {
  const first = reader.next;
  const name = FUNCTIONS.find((candidate) => reader.take(candidate));
  if (!name) throw reader.unexpected(`one of ${FUNCTIONS.join(', ')}`);
  reader.expect('(');
  const countsAll = name === 'count' && (reader.take('*') || reader.next.text === ')');
  const field = countsAll ? undefined : reader.read('name', 'a field');
  const percent = name === 'pct' ? readPercent(reader) : undefined;
  reader.expect(')');
  const written = reader.writtenSince(first);
  return { name: readAlias(reader) ?? written, function: name, field, percent };
}

function readPercent(reader: TokenReader): number {
  reader.expect(',');
  const { next } = reader;
  const percent = Number(reader.read('number', 'a percentage'));
  if (percent >= 0 && percent <= 100) return percent;
  throw reader.refused(next, 'a number from 0 to 100');
}

function readGrouping(reader: TokenReader): Grouping {
  const first = reader.next;
  if (!reader.take('bin')) {
    const field = reader.read('name', "a field or 'bin'");
    return { field, name: readAlias(reader) ?? field };
  }
  reader.expect('(');
  const [, count, unit] = /^(\d+)(\D+)$/.exec(reader.read('period', 'a period such as 5m'))!;
  reader.expect(')');
  const written = reader.writtenSince(first);
  const periodMilliseconds = Number(count) * UNIT_MILLISECONDS[unit!]!;
  if (periodMilliseconds === 0) throw reader.refused(first, 'a period longer than 0');
  return { field: '@timestamp', name: readAlias(reader) ?? written, periodMilliseconds };
}
