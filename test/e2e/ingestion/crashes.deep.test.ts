import { crashPoints, findingsAt, kindOf } from '../../unit/ingestion/support/crash-search';
import { FUNCTIONS } from '../../unit/ingestion/support/ingestion-functions';

describe('a crash or a timeout before and after every effect of every function', () => {
  it('leaves every document ingested, rolled back, quarantined or parked, and no ghost', async () => {
    const points = await crashPoints();
    const findings: string[] = [];
    for (const point of points) findings.push(...(await findingsAt(point)));
    const kinds = new Set(points.map(({ effect }) => kindOf(effect)));
    const functions = new Set(points.map(({ effect }) => effect.functionName));
    process.stdout.write(`${points.length} crashes and timeouts at ${kinds.size} kinds of effects\n`);
    expect([...functions].sort()).toEqual([...Object.keys(FUNCTIONS), 'Park'].sort());
    expect(findings).toEqual([]);
  });
});
