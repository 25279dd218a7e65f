import { table } from '../ops/table';
import { PRICES } from '../prices';
import type { ComparedRun } from './compared-run';
import type { ScenarioResult } from './run-scenarios';

/** Express bills time in steps of 100 ms, and memory in steps of 64 MB, of which a run with little data takes one. */
const STEP_MS = 100;
const GIGABYTES = 64 / 1024;

/** Dollars for one run in a Standard machine: https://aws.amazon.com/step-functions/pricing/ */
export function standardDollars({ transitions }: ComparedRun): number {
  return transitions * PRICES.transition;
}

/** Dollars for one run in an Express machine. */
export function expressDollars({ milliseconds }: ComparedRun): number {
  const seconds = (Math.max(1, Math.ceil(milliseconds / STEP_MS)) * STEP_MS) / 1000;
  return PRICES.expressRequest + seconds * GIGABYTES * PRICES.expressGigabyteSecond;
}

/** A table of the runs of the demo, each as Standard and as Express; for the machines alone. */
export function renderSideBySide(results: readonly ScenarioResult[]): string {
  const perThousand = (dollars: number) => Number((dollars * 1000).toFixed(4));
  const rows = results.flatMap(({ scenario, run }) => {
    if (!run) return [];
    const express = run.fitsExpress ? perThousand(expressDollars(run)) : 'waits for a person';
    const ran = run.isExpress ? 'Express' : 'Standard';
    return [[scenario, ran, run.transitions, run.milliseconds, perThousand(standardDollars(run)), express]];
  });
  const titles = ['the same run', 'ran as', 'transitions', 'ms', '$ as Standard', '$ as Express'];
  return `The machines alone, per 1,000 runs (when which pays: docs/cost.md):\n${table(titles, rows)}`;
}
