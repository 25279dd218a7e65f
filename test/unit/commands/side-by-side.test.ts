import { comparedRun } from '../../../bin/commands/demo/compared-run';
import type { FinishedExecution } from '../../../bin/commands/demo/execution';
import type { ScenarioResult } from '../../../bin/commands/demo/run-scenarios';
import { expressDollars, renderSideBySide, standardDollars } from '../../../bin/commands/demo/side-by-side';

const execution = (change: Partial<FinishedExecution> = {}): FinishedExecution => ({
  executionArn: 'arn',
  status: 'SUCCEEDED',
  end: 'SUCCEEDED',
  output: {},
  path: ['ReadProducts'],
  transitions: 3,
  lambdaCalls: 1,
  startedAtMs: 1_000,
  stoppedAtMs: 1_201,
  conflicts: 0,
  ...change,
});

describe('Standard and Express side by side', () => {
  it('prices transitions, and against them a request with its time, rounded up to 100 ms, in 64 MB', () => {
    const run = comparedRun(execution());
    expect(standardDollars(run) * 1e6).toBeCloseTo(75, 6);
    expect(expressDollars(run) * 1e6).toBeCloseTo(1 + 0.3 * (64 / 1024) * 16.67, 6);
  });

  it('prices at least 100 ms', () => {
    const run = comparedRun(execution({ stoppedAtMs: 1_000 }));
    expect(expressDollars(run) * 1e6).toBeCloseTo(1 + 0.1 * (64 / 1024) * 16.67, 6);
  });

  it('is dearer as Express only for a run of few states and much time', () => {
    const slow = comparedRun(execution({ transitions: 2, stoppedAtMs: 1_000 + 290_000 }));
    expect(expressDollars(slow)).toBeGreaterThan(standardDollars(slow));
  });

  it('says of a run that asks somebody that Express cannot run it, and leaves out what ran nothing', () => {
    const result = (scenario: string, run?: ReturnType<typeof comparedRun>) => ({ scenario, run }) as ScenarioResult;
    const lines = renderSideBySide([
      result('quote', comparedRun(execution({ isExpress: true }))),
      result('asked', comparedRun(execution({ path: ['ReserveStock', 'AskApproval'] }))),
      result('did not end'),
    ]).split('\n');
    expect(lines).toHaveLength(5);
    expect(lines[3]).toMatch(/^quote +Express +3 +201 +0\.075 +0\.0013$/);
    expect(lines[4]).toMatch(/^asked +Standard .* waits for a person$/);
  });
});
