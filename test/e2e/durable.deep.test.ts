import { appendFileSync } from 'node:fs';
import { clientEnvironment } from '../../local/cli/client-environment';
import { SeededRandom } from '../../local/kernel/random';
import { KillRun } from '../support/kills/kill-run';
import { MortalAws } from '../support/kills/mortal-aws';

/** A thousand kills are `KILL_RUNS=40`: some forty minutes. `KILL_SEED=100` begins with another seed; `KILL_TALLY=FILE` gets a line for each run. */
const RUNS = Number(process.env.KILL_RUNS ?? 2);
const FIRST_SEED = Number(process.env.KILL_SEED ?? 0);
const KILLS_PER_RUN = 25;

jest.setTimeout(60 * 60_000);

/** See durable.test.ts. The seed of a run that finds something is in its name. */
describe('the embedded AWS over a data directory, killed again and again', () => {
  const before = { ...process.env };
  afterAll(() => {
    process.env = before;
  });

  it.each(Array.from({ length: RUNS }, (_, run) => [`run ${FIRST_SEED + run}`]))(
    'keeps every promise in %s',
    async (seed) => {
      const aws = await MortalAws.deploy();
      Object.assign(process.env, clientEnvironment(aws.url, 'us-east-1'));
      try {
        const run = new KillRun(aws, new SeededRandom(seed));
        const violations = await run.kill(KILLS_PER_RUN).catch((error: Error) => [`the run failed: ${error.stack}`]);
        tally(seed, aws.kills, violations, await run.ends());
        run.close();
        expect(violations).toEqual([]);
        expect(aws.kills).toBe(KILLS_PER_RUN);
      } finally {
        await aws.remove();
      }
    },
  );
});

function tally(seed: string, kills: number, violations: readonly string[], ends: Record<string, number>): void {
  const { KILL_TALLY: file } = process.env;
  const line = [seed, `${kills} kills`, `${violations.length} violations`, JSON.stringify(ends), ...violations];
  if (file) appendFileSync(file, `${line.join('\t')}\n`);
}
