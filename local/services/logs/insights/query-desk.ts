/**
 * Owns the queries that were started and what they found. They are held in memory and forgotten when the process ends; of more than
 * LIMIT_QUERIES the oldest go first.
 */
import type { ResultLine } from './run-query';

const LIMIT_QUERIES = 100;

/** A query that has ended, which all have once they are started. */
export interface Query {
  readonly queryId: string;
  readonly queryString: string;
  readonly logGroupNames: readonly string[];
  readonly createTime: number;
  readonly lines: readonly ResultLine[];
  readonly recordsMatched: number;
  readonly recordsScanned: number;
  readonly bytesScanned: number;
}

export class QueryDesk {
  private readonly queries = new Map<string, Query>();

  add(query: Query): void {
    this.queries.set(query.queryId, query);
    if (this.queries.size > LIMIT_QUERIES) this.queries.delete(this.queries.keys().next().value!);
  }

  find(queryId: string): Query | undefined {
    return this.queries.get(queryId);
  }

  /** The newest first. */
  all(): Query[] {
    return [...this.queries.values()].reverse();
  }
}
