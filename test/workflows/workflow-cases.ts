import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { RunResult, TaskAnswer } from '../support/run-machine';

/** Answers of the steps that do not answer as they should: by state, one per call, the last one for ever. */
export type Answers = Readonly<Record<string, readonly TaskAnswer[]>>;

/** A case as it stands in a file of a workflow's `cases` folder. */
export interface WorkflowCase {
  readonly title: string;
  /** Where the shapes of the answers come from. */
  readonly from: string;
  readonly startAt?: string;
  readonly input?: object;
  readonly answers: Answers;
  readonly expected: {
    readonly status: string;
    readonly output?: object;
    readonly error?: string;
    readonly cause?: object;
    readonly path?: string[];
    readonly transitions?: number;
    readonly calls?: Record<string, number>;
  };
}

/** The cases of a workflow's folder, by title; `edit` changes a file's text before it is read. */
export function readCases(folder: string, edit = (text: string) => text): [string, WorkflowCase][] {
  return readdirSync(path.join(folder, 'cases')).map((file) => {
    const data: WorkflowCase = JSON.parse(edit(readFileSync(path.join(folder, 'cases', file), 'utf8')));
    return [data.title, data];
  });
}

/** Holds a run against what its case expects. */
export function expectCase(result: RunResult, { expected }: WorkflowCase): void {
  expect(result).toMatchObject({ status: expected.status, ...(expected.output && { output: expected.output }) });
  if (expected.error) expect(result.error).toBe(expected.error);
  if (expected.cause) expect(JSON.parse(result.cause ?? '')).toMatchObject(expected.cause);
  if (expected.path) expect(result.path).toEqual(expected.path);
  if (expected.transitions) expect(result.transitions).toBe(expected.transitions);
  for (const [state, count] of Object.entries(expected.calls ?? {})) {
    expect([state, callsOf(result, state)]).toEqual([state, count]);
  }
}

/** How often a state's task was called. */
export function callsOf({ calls }: RunResult, stateName: string): number {
  return calls.filter((call) => call.stateName === stateName).length;
}
