import { type CrashPoint, crashPoints, findingsAt, kindOf } from '../../unit/ingestion/support/crash-search';
import { MOMENTS } from '../../unit/ingestion/support/function-run';
import { FUNCTIONS } from '../../unit/ingestion/support/ingestion-functions';

/** Effects that stand for others of their kind are looked at in `crashes.deep.test.ts`. */
const EFFECT_OF_A_FUNCTION =
  /:(documents\.save|vectors\.(put|delete)|objects\.\w+|queue\.send|starter\.start|sqs\.send)#0$/;

/** One point of each kind of effect of each function, the moments taken in turn. */
function sampleOf(points: readonly CrashPoint[]): CrashPoint[] {
  const kinds = [...new Set(points.map(({ effect }) => kindOf(effect)))].filter((kind) =>
    EFFECT_OF_A_FUNCTION.test(kind),
  );
  return kinds.map((kind, index) => {
    const ofKind = points.filter(({ effect, isAlways }) => kindOf(effect) === kind && isAlways === (index % 2 === 1));
    const moment = MOMENTS[index % MOMENTS.length];
    return ofKind.find((point) => point.moment === moment)!;
  });
}

describe('a crash or a timeout at an effect of each kind', () => {
  it('leaves every document ingested, rolled back, quarantined or parked, and no ghost', async () => {
    const points = await crashPoints();
    const sample = sampleOf(points);
    const findings: string[] = [];
    for (const point of sample) findings.push(...(await findingsAt(point)));
    const functions = new Set(sample.map(({ effect }) => effect.functionName));
    expect([...functions].sort()).toEqual([...Object.keys(FUNCTIONS), 'Park'].sort());
    expect(sample.length).toBeGreaterThan(20);
    expect(findings).toEqual([]);
  }, 180_000);
});
