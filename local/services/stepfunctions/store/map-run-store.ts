import type { MapRunChild, MapRunCounts, MapRunRecord } from '../model';
import { writable } from './writable';

/** What UpdateMapRun changes. */
export type MapRunChange = Partial<
  Pick<MapRunRecord, 'maxConcurrency' | 'toleratedFailureCount' | 'toleratedFailurePercentage'>
>;

/** Map Runs: the children of distributed Map states. */
export class MapRunStore {
  private readonly runs = new Map<string, MapRunRecord>();
  private readonly byExecution = new Map<string, string[]>();

  get(arn: string): MapRunRecord | undefined {
    return this.runs.get(arn);
  }

  add(run: MapRunRecord): void {
    this.runs.set(run.arn, run);
    const siblings = this.byExecution.get(run.executionArn);
    if (siblings) siblings.push(run.arn);
    else this.byExecution.set(run.executionArn, [run.arn]);
  }

  /** The Map Runs that an execution started, in order. */
  of(executionArn: string): MapRunRecord[] {
    return (this.byExecution.get(executionArn) ?? []).map((arn) => this.runs.get(arn)!);
  }

  change(run: MapRunRecord, change: MapRunChange): void {
    Object.assign(writable(run), change);
  }

  /** A new child, which runs. */
  addChild(run: MapRunRecord, child: Omit<MapRunChild, 'outcome'>): void {
    writable(run).children.push({ ...child, outcome: 'running' });
    count(run, 'total', child.items, 1);
    count(run, 'running', child.items, 1);
  }

  /** What has become of a child. */
  moveChild(run: MapRunRecord, position: number, outcome: MapRunChild['outcome']): void {
    const child = run.children[position]!;
    count(run, child.outcome, child.items, -1);
    writable(child).outcome = outcome;
    count(run, outcome, child.items, 1);
  }

  /** A child whose failure is for good. */
  settleFailure(run: MapRunRecord, position: number): void {
    count(run, 'failuresNotRedrivable', run.children[position]!.items, 1);
  }

  resultsWritten(run: MapRunRecord): void {
    for (const counts of [run.itemCounts, run.executionCounts]) writable(counts).resultsWritten = counts.total;
  }

  end(run: MapRunRecord, status: MapRunRecord['status'], atMs: number): void {
    const open = writable(run);
    open.status = status;
    open.stopDate = atMs;
    if (status === 'SUCCEEDED') for (const child of run.children) writable(child).express = undefined;
  }

  /** Puts an ended Map Run back to work. */
  reopen(run: MapRunRecord, atMs: number): void {
    const open = writable(run);
    open.status = 'RUNNING';
    open.stopDate = undefined;
    open.redriveCount++;
    open.redriveDate = atMs;
    for (const counts of [run.itemCounts, run.executionCounts]) writable(counts).failuresNotRedrivable = 0;
  }
}

function count(run: MapRunRecord, what: keyof MapRunCounts, items: number, sign: 1 | -1): void {
  writable(run.itemCounts)[what] += sign * items;
  writable(run.executionCounts)[what] += sign;
}

/** Counts of a Map Run that has just begun. */
export function noCounts(): MapRunCounts {
  return {
    pending: 0,
    running: 0,
    succeeded: 0,
    failed: 0,
    timedOut: 0,
    aborted: 0,
    total: 0,
    resultsWritten: 0,
    failuresNotRedrivable: 0,
    pendingRedrive: 0,
  };
}
