import type { Journal, JournalCollection } from '../../../kernel/journal';
import type { MapRunChild, MapRunCounts, MapRunOrder, MapRunRecord } from '../model';
import { writable } from './writable';

/** What UpdateMapRun changes. */
export type MapRunChange = Partial<
  Pick<MapRunRecord, 'maxConcurrency' | 'toleratedFailureCount' | 'toleratedFailurePercentage'>
>;

/**
 * Map Runs: the children of distributed Map states. The journal has the runs without their children, each child, and what is needed to
 * go on with a run that is under way.
 */
export class MapRunStore {
  private readonly runs = new Map<string, MapRunRecord>();
  private readonly byExecution = new Map<string, string[]>();
  private readonly orders: Map<string, MapRunOrder>;
  private readonly durable: JournalCollection<MapRunRecord>;
  private readonly durableChildren: JournalCollection<MapRunChild>;
  private readonly durableOrders: JournalCollection<MapRunOrder>;

  constructor(private readonly journal: Journal) {
    this.durable = journal.collection('states.mapRuns');
    this.durableChildren = journal.collection('states.mapRunChildren');
    this.durableOrders = journal.collection('states.mapRunOrders');
    for (const [, run] of this.durable.restored()) this.index(run);
    for (const [key, child] of this.durableChildren.restored()) {
      writable(this.runs.get(key.slice(0, key.lastIndexOf('#')))!).children.push(child);
    }
    this.orders = new Map(this.durableOrders.restored());
  }

  get(arn: string): MapRunRecord | undefined {
    return this.runs.get(arn);
  }

  add(run: MapRunRecord): void {
    this.index(run);
    this.keep(run);
  }

  /** Says how a run that begins, or is taken up again, is to be carried out. */
  setOrder(run: MapRunRecord, order: MapRunOrder): void {
    if (!this.journal.isDurable) return;
    this.orders.set(run.arn, order);
    this.durableOrders.put(run.arn, order);
  }

  /** Of a run that was under way when an earlier process ended. */
  order(run: MapRunRecord): MapRunOrder | undefined {
    return this.orders.get(run.arn);
  }

  private index(run: MapRunRecord): void {
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
    this.keep(run);
  }

  /** A new child, which runs. */
  addChild(run: MapRunRecord, child: Omit<MapRunChild, 'outcome'>): void {
    writable(run).children.push({ ...child, outcome: 'running' });
    count(run, 'total', child.items, 1);
    count(run, 'running', child.items, 1);
    this.keep(run);
    this.keepChild(run, run.children.length - 1);
  }

  /** What has become of a child. */
  moveChild(run: MapRunRecord, position: number, outcome: MapRunChild['outcome']): void {
    const child = run.children[position]!;
    count(run, child.outcome, child.items, -1);
    writable(child).outcome = outcome;
    count(run, outcome, child.items, 1);
    this.keep(run);
    this.keepChild(run, position);
  }

  /** A child whose failure is for good. */
  settleFailure(run: MapRunRecord, position: number): void {
    count(run, 'failuresNotRedrivable', run.children[position]!.items, 1);
    this.keep(run);
  }

  resultsWritten(run: MapRunRecord): void {
    for (const counts of [run.itemCounts, run.executionCounts]) writable(counts).resultsWritten = counts.total;
    this.keep(run);
  }

  end(run: MapRunRecord, status: MapRunRecord['status'], atMs: number): void {
    const open = writable(run);
    open.status = status;
    open.stopDate = atMs;
    this.keep(run);
    this.orders.delete(run.arn);
    this.durableOrders.delete(run.arn);
    if (status !== 'SUCCEEDED') return;
    for (const [position, child] of run.children.entries()) {
      if (!child.express) continue;
      writable(child).express = undefined;
      this.keepChild(run, position);
    }
  }

  /** Puts an ended Map Run back to work. */
  reopen(run: MapRunRecord, atMs: number): void {
    const open = writable(run);
    open.status = 'RUNNING';
    open.stopDate = undefined;
    open.redriveCount++;
    open.redriveDate = atMs;
    for (const counts of [run.itemCounts, run.executionCounts]) writable(counts).failuresNotRedrivable = 0;
    this.keep(run);
  }

  private keep(run: MapRunRecord): void {
    if (this.journal.isDurable) this.durable.put(run.arn, { ...run, children: [] });
  }

  private keepChild(run: MapRunRecord, position: number): void {
    if (!this.journal.isDurable) return;
    const child = run.children[position]!;
    const express = child.express && { ...child.express, state: undefined };
    this.durableChildren.put(`${run.arn}#${position}`, { ...child, express });
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
