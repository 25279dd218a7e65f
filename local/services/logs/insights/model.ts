/** What a query of Logs Insights is made of, once it is read. */

/** A point in time among the values of a row; shown as `2026-11-21 17:45:07.123`, in UTC. */
export class Moment {
  constructor(readonly milliseconds: number) {}

  toString(): string {
    return new Date(this.milliseconds).toISOString().replace('T', ' ').replace('Z', '');
  }
}

/** A value of a row; undefined where the row has no such field. */
export type Value = string | number | Moment | undefined;

/** What a command works on: an event, or a group of them. */
export interface Row {
  value(field: string): Value;
}

/** A field under the name of its column. */
export interface Column {
  readonly field: string;
  readonly name: string;
}

/** What a row is grouped by: a field, or the beginning of a period of so many milliseconds. */
export interface Grouping {
  readonly name: string;
  readonly field: string;
  readonly periodMilliseconds?: number;
}

export type AggregateFunction = 'count' | 'count_distinct' | 'sum' | 'avg' | 'min' | 'max' | 'pct';

/** One figure of each group; without a field all rows count. */
export interface Aggregate {
  readonly name: string;
  readonly function: AggregateFunction;
  readonly field?: string;
  /** Of `pct`: 0 to 100. */
  readonly percent?: number;
}

export interface SortKey {
  readonly field: string;
  readonly isDescending: boolean;
}

export type Test = (row: Row) => boolean;

/** One command between two bars. */
export type Command =
  | { readonly kind: 'fields'; readonly columns: readonly Column[] }
  | { readonly kind: 'display'; readonly columns: readonly Column[] }
  | { readonly kind: 'filter'; readonly test: Test }
  | { readonly kind: 'sort'; readonly keys: readonly SortKey[] }
  | { readonly kind: 'limit'; readonly count: number }
  | { readonly kind: 'stats'; readonly aggregates: readonly Aggregate[]; readonly groupings: readonly Grouping[] };
