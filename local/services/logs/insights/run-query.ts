/** Owns what a query finds: its commands, one after the other, on the events of its groups and time. */
import type { EventRow } from './event-row';
import type { Column, Command, Row } from './model';
import { groupRows } from './stats';
import { compareValues } from './values';

/** A line of the answer, as GetQueryResults gives it. */
export type ResultLine = readonly { readonly field: string; readonly value: string }[];

const DEFAULT_COLUMNS: readonly Column[] = ['@timestamp', '@message'].map((name) => ({ field: name, name }));

interface State {
  readonly rows: readonly Row[];
  readonly columns: readonly Column[];
  readonly isGrouped: boolean;
}

/** What was found, and how many events came through all filters. */
export interface Findings {
  readonly lines: readonly ResultLine[];
  readonly matched: number;
}

/** Runs a query. `events` are given newest first, and stay so unless the query sorts; `limit` counts where the query has none. */
export function runQuery(commands: readonly Command[], events: readonly EventRow[], limit: number): Findings {
  let state: State = { rows: events, columns: [], isGrouped: false };
  let matched = events.length;
  for (const command of commands) {
    state = apply(state, command);
    if (command.kind === 'filter' && !state.isGrouped) matched = state.rows.length;
  }
  const hasLimit = commands.some(({ kind }) => kind === 'limit');
  const rows = hasLimit ? state.rows : state.rows.slice(0, limit);
  const shown = state.columns.length > 0 ? state.columns : DEFAULT_COLUMNS;
  const columns = state.isGrouped ? shown : [...shown, { field: '@ptr', name: '@ptr' }];
  return { lines: rows.map((row) => lineOf(row, columns)), matched };
}

function apply(state: State, command: Command): State {
  const { rows, columns } = state;
  switch (command.kind) {
    case 'fields':
      return { ...state, rows: renamed(rows, command.columns), columns: merged(columns, command.columns) };
    case 'display':
      return { ...state, rows: renamed(rows, command.columns), columns: merged([], command.columns) };
    case 'filter':
      return { ...state, rows: rows.filter(command.test) };
    case 'sort':
      return { ...state, rows: [...rows].sort((a, b) => compareRows(a, b, command)) };
    case 'limit':
      return { ...state, rows: rows.slice(0, command.count) };
    case 'stats': {
      const { aggregates, groupings } = command;
      const names = [...groupings, ...aggregates].map(({ name }) => ({ field: name, name }));
      return { rows: groupRows(rows, aggregates, groupings), columns: names, isGrouped: true };
    }
  }
}

function compareRows(a: Row, b: Row, { keys }: Extract<Command, { kind: 'sort' }>): number {
  for (const { field, isDescending } of keys) {
    const order = compareValues(a.value(field), b.value(field));
    if (order !== 0) return isDescending ? -order : order;
  }
  return 0;
}

/** Rows that know a field by its further names too. */
function renamed(rows: readonly Row[], columns: readonly Column[]): readonly Row[] {
  const fields = new Map(columns.filter(({ field, name }) => field !== name).map(({ field, name }) => [name, field]));
  if (fields.size === 0) return rows;
  return rows.map((row) => ({ value: (name) => row.value(fields.get(name) ?? name) }));
}

function merged(columns: readonly Column[], more: readonly Column[]): Column[] {
  const names = new Set([...columns, ...more].map(({ name }) => name));
  return [...names].map((name) => ({ field: name, name }));
}

/** A field that the row does not have is left out. */
function lineOf(row: Row, columns: readonly Column[]): ResultLine {
  return columns.flatMap(({ field, name }) => {
    const value = row.value(field);
    return value === undefined ? [] : [{ field: name, value: String(value) }];
  });
}
