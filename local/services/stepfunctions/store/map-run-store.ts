import type { MapRunChild, MapRunCounts, MapRunRecord } from '../model';

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
    Object.assign(run, change);
  }

  /** A new child, which runs. */
  addChild(run: MapRunRecord, child: Omit<MapRunChild, 'outcome'>): void {
    run.children.push({ ...child, outcome: 'running' });
    run.itemCounts.total += child.items;
    run.executionCounts.total++;
    count(run, 'running', child.items, 1);
  }

  /** What has become of a child. */
  moveChild(run: MapRunRecord, position: number, outcome: MapRunChild['outcome']): void {
    const child = run.children[position]!;
    count(run, child.outcome, child.items, -1);
    child.outcome = outcome;
    count(run, outcome, child.items, 1);
  }

  /** A child whose failure is for good. */
  settleFailure(run: MapRunRecord, position: number): void {
    count(run, 'failuresNotRedrivable', run.children[position]!.items, 1);
  }

  resultsWritten(run: MapRunRecord): void {
    run.itemCounts.resultsWritten = run.itemCounts.total;
    run.executionCounts.resultsWritten = run.executionCounts.total;
  }

  end(run: MapRunRecord, status: MapRunRecord['status'], atMs: number): void {
    run.status = status;
    run.stopDate = atMs;
    if (status === 'SUCCEEDED') for (const child of run.children) child.express = undefined;
  }

  /** Puts an ended Map Run back to work. */
  reopen(run: MapRunRecord, atMs: number): void {
    run.status = 'RUNNING';
    run.stopDate = undefined;
    run.redriveCount++;
    run.redriveDate = atMs;
    run.itemCounts.failuresNotRedrivable = 0;
    run.executionCounts.failuresNotRedrivable = 0;
  }
}

function count(run: MapRunRecord, what: keyof MapRunCounts, items: number, sign: 1 | -1): void {
  run.itemCounts[what] += sign * items;
  run.executionCounts[what] += sign;
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
