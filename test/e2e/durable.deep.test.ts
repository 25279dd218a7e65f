import { clientEnvironment } from '../../local/cli/client-environment';
import { SeededRandom } from '../../local/kernel/random';
import { KillRun } from '../support/kills/kill-run';
import { MortalAws } from '../support/kills/mortal-aws';

/** A thousand kills are `KILL_RUNS=40`: some half an hour. */
const RUNS = Number(process.env.KILL_RUNS ?? 2);
const KILLS_PER_RUN = 25;

jest.setTimeout(60 * 60_000);

/** See durable.test.ts. The seed of a run that finds something is in its name. */
describe('the embedded AWS over a data directory, killed again and again', () => {
  const before = { ...process.env };
  afterAll(() => {
    process.env = before;
  });

  it.each(Array.from({ length: RUNS }, (_, run) => [`run ${run}`]))('keeps every promise in %s', async (seed) => {
    const aws = await MortalAws.deploy();
    Object.assign(process.env, clientEnvironment(aws.url, 'us-east-1'));
    const run = new KillRun(aws, new SeededRandom(seed));
    try {
      expect(await run.kill(KILLS_PER_RUN)).toEqual([]);
      expect(aws.kills).toBe(KILLS_PER_RUN);
    } finally {
      run.close();
      await aws.remove();
    }
  });
});
