import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { clientEnvironment } from '../../local/cli/client-environment';
import { SeededRandom } from '../../local/kernel/random';
import { whatExists, whatStacksHave } from '../support/kills/belongings';
import { MortalAws } from '../support/kills/mortal-aws';

/** How long a deployment goes on before it is killed, at most. */
const LONGEST_MS = 100;
const MORE_MS = 50;
const CHANGES = 5;

jest.setTimeout(30 * 60_000);

/** What the kills of durable.deep.test.ts leave out: the deployments themselves. */
describe('the deployments of an embedded AWS over a data directory', () => {
  const before = { ...process.env };
  afterAll(() => {
    process.env = before;
  });

  it('come to their end however often they are killed, and leave nothing that belongs to no stack', async () => {
    const random = new SeededRandom('deployments');
    const aws = await MortalAws.prepare();
    const deploy = async () => {
      // On a machine that is slow each try is given more time than the one before.
      for (let ms = LONGEST_MS; await aws.killDeploying(random.next() * ms); ms += MORE_MS);
      Object.assign(process.env, clientEnvironment(aws.url, 'us-east-1'));
      const [belongings, statuses] = await whatStacksHave();
      expect(await whatExists()).toEqual(belongings);
      expect(belongings['AWS::Lambda::Function']!.length).toBeGreaterThan(20);
      for (const status of statuses) expect(status).toMatch(/^(CREATE|UPDATE)_COMPLETE$/);
      return belongings;
    };
    try {
      const first = await deploy();
      const { outputs } = aws;
      for (let change = 1; change <= CHANGES; change++) {
        await aws.end();
        changeFunctionsAndQueues(aws.assembly, change);
        expect(await deploy()).toEqual(first);
        expect(aws.outputs).toEqual(outputs);
      }
      expect(aws.kills).toBeGreaterThan(2 * CHANGES);
    } finally {
      await aws.remove();
    }
  });
});

/** Gives every function and every queue of an assembly something that it had not before. */
function changeFunctionsAndQueues(assembly: string, change: number): void {
  for (const name of readdirSync(assembly).filter((file) => file.endsWith('.template.json'))) {
    const file = path.join(assembly, name);
    const template = JSON.parse(readFileSync(file, 'utf8'));
    for (const { Type, Properties } of Object.values<any>(template.Resources)) {
      if (Type === 'AWS::Lambda::Function') Properties.Description = `Change ${change}`;
      if (Type === 'AWS::SQS::Queue') Properties.DelaySeconds = change;
    }
    writeFileSync(file, JSON.stringify(template));
  }
}
