import { BY_AWS_ALONE, NOT_REACHED } from '../../../local/cli/iam/explanations';
import { type Evidence, Judge } from '../../../local/cli/iam/judge';
import { describeMutant } from '../../../local/cli/iam/mutants';
import { plantedAssembly, plantMutant } from '../../../local/cli/iam/planted-assembly';
import { partsThatMake, runWorkload } from '../../../local/cli/iam/run-workload';
import { unused, usageOf } from '../../../local/cli/iam/usage';
import { type NoticedMutant, type Verdict, verdictOn } from '../../../local/cli/iam/verdict';
import { SeededRandom } from '../../../local/kernel/random';
import { ASSEMBLY_FOLDER } from '../../support/assembly-folder';

/** Mutants that are planted into the templates, to see that the workload ends as it was said. */
const SAMPLE = 20;

let evidence: Evidence;
let judge: Judge;
let verdict: Verdict;

beforeAll(async () => {
  evidence = await runWorkload(ASSEMBLY_FOLDER);
  if (evidence.endedBy) return;
  judge = new Judge(evidence);
  verdict = verdictOn(evidence, judge);
});

it('is refused nothing: no grant is missing', () => {
  expect(evidence.endedBy).toBeUndefined();
  expect(usageOf(evidence, judge).refused).toEqual([]);
});

it('uses every grant that the embedded AWS models, but for those with a reason', () => {
  const names = unused(usageOf(evidence, judge)).map(({ policy, taken }) => `${policy.logicalId} ${taken.name}`);
  expect(names).toEqual([]);
});

it('notices 95 of 100 mutants, and knows the reason for every other', () => {
  expect(verdict.noticed.length).toBeGreaterThan(1_200);
  expect(verdict.share).toBeGreaterThanOrEqual(0.95);
  expect(verdict.unnoticed.filter(({ why }) => !why).map(({ mutant }) => describeMutant(mutant))).toEqual([]);
});

it('gives no reason for what the workload does', () => {
  const given = new Set([...verdict.byAws, ...verdict.unnoticed].map(({ why }) => why));
  const idle = [...BY_AWS_ALONE, ...NOT_REACHED].filter((explanation) => !given.has(explanation));
  expect(idle.map(({ why }) => why)).toEqual([]);
});

it(`is ended by each of ${SAMPLE} mutants that are planted, with the action that was foretold`, async () => {
  // A deny that is gone is missed by a part that asks for it; the others end with the refusal itself.
  const foretold = sampleOf(verdict.noticed.filter(({ by }) => by.isAllowed));
  const found: (string | undefined)[] = [];
  for (const { mutant, by } of foretold) {
    const { stackName } = mutant.policy;
    const planted = plantedAssembly(ASSEMBLY_FOLDER, stackName, (template) => plantMutant(template, mutant));
    const parts = partsThatMake(evidence, by);
    const { endedBy } = await runWorkload(planted.folder, undefined, parts).finally(planted.remove);
    found.push(endedBy?.action);
  }
  expect(found).toEqual(foretold.map(({ by }) => by.action));
});

/** Different ones each time the policies change, the same ones until then. */
function sampleOf(noticed: readonly NoticedMutant[]): NoticedMutant[] {
  const random = new SeededRandom('mutants');
  return Array.from({ length: SAMPLE }, () => noticed[Math.floor(random.next() * noticed.length)]!);
}
