import { clientEnvironment } from '../../local/cli/client-environment';
import { SeededRandom } from '../../local/kernel/random';
import { KillRun } from '../support/kills/kill-run';
import { MortalAws } from '../support/kills/mortal-aws';

jest.setTimeout(240_000);

/** The stacks are killed again and again while orders are under way; durable.deep.test.ts does it for longer. */
describe('the embedded AWS over a data directory', () => {
  let aws: MortalAws;
  const before = { ...process.env };
  beforeAll(async () => {
    aws = await MortalAws.deploy();
    Object.assign(process.env, clientEnvironment(aws.url, 'us-east-1'));
  });
  afterAll(async () => {
    process.env = before;
    await aws.remove();
  });

  it('goes on with every order, question and document, whenever it was killed', async () => {
    const random = new SeededRandom('five lives');
    const run = new KillRun(aws, random);
    const findings = await run.kill(5);
    expect(findings).toEqual([]);
    expect((await run.ends()).OrderConfirmed).toBeGreaterThan(0);
    run.close();
  });
});
