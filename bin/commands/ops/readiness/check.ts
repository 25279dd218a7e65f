import type { Aws } from '../aws';

/** How a line of a checklist came out, and what was seen. */
export interface Result {
  readonly status: 'passed' | 'failed' | 'cannot tell';
  readonly evidence: string;
}

/** A line of a checklist. Its id and its words stand in docs/operating.md as they stand here. */
export interface Check {
  readonly id: string;
  readonly line: string;
  run(aws: Aws): Promise<Result>;
}

export const passed = (evidence: string): Result => ({ status: 'passed', evidence });
export const failed = (evidence: string): Result => ({ status: 'failed', evidence });
export const cannotTell = (evidence: string): Result => ({ status: 'cannot tell', evidence });

const MOST_NAMED = 8;

/** A line that holds for each of some things, or names those for which it does not hold. */
export function forAll<T>(things: readonly T[], kind: string, faultOf: (thing: T) => string | undefined): Result {
  if (things.length === 0) return cannotTell(`there are no ${kind}`);
  const faults = things.map(faultOf).filter((fault) => fault !== undefined);
  if (faults.length === 0) return passed(`all ${things.length} ${kind}`);
  const more = faults.length > MOST_NAMED ? `; and ${faults.length - MOST_NAMED} more` : '';
  return failed(`${faults.length} of ${things.length} ${kind}: ${faults.slice(0, MOST_NAMED).join('; ')}${more}`);
}

/** Runs a check; what it may not look at, nobody can tell. */
export async function runCheck(aws: Aws, check: Check): Promise<Result> {
  try {
    return await check.run(aws);
  } catch (error) {
    return cannotTell(`${(error as Error).name}: ${(error as Error).message}`);
  }
}
