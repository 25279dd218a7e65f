import type { MapRunCounts, MapRunRecord } from '../model';

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
