import type { RecordedRequest } from '../../services/iam/decision-record';
import { BY_AWS_ALONE, type Explanation, explanationOf, NOT_REACHED } from './explanations';
import type { Evidence, Judge } from './judge';
import { type Mutant, mutantsOf } from './mutants';

/** A mutant, and the request that noticed it. */
export interface NoticedMutant {
  readonly mutant: Mutant;
  readonly by: RecordedRequest;
}

/** A mutant that nobody noticed, and why. */
export interface UnnoticedMutant {
  readonly mutant: Mutant;
  readonly why?: Explanation;
}

/** What became of all mutants. */
export interface Verdict {
  readonly noticed: readonly NoticedMutant[];
  readonly unnoticed: readonly UnnoticedMutant[];
  /** Mutants of what AWS alone exercises; not among the others. */
  readonly byAws: readonly UnnoticedMutant[];
  /** Of those that the embedded AWS models, from 0 to 1. */
  readonly share: number;
}

/** Takes everything away that the policies name, one at a time, and asks who notices. */
export function verdictOn({ policies }: Evidence, judge: Judge): Verdict {
  const noticed: NoticedMutant[] = [];
  const unnoticed: UnnoticedMutant[] = [];
  const byAws: UnnoticedMutant[] = [];
  for (const mutant of mutantsOf(policies)) {
    const by = judge.noticedBy(mutant);
    const aws = by ? undefined : explanationOf(BY_AWS_ALONE, mutant);
    if (by) noticed.push({ mutant, by });
    else if (aws) byAws.push({ mutant, why: aws });
    else unnoticed.push({ mutant, why: explanationOf(NOT_REACHED, mutant) });
  }
  return { noticed, unnoticed, byAws, share: noticed.length / Math.max(1, noticed.length + unnoticed.length) };
}
