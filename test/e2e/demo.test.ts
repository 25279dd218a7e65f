import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ALL_SCENARIOS } from '../../bin/commands/demo/scenarios/all';
import { clientEnvironment } from '../../local/cli/client-environment';
import { type EmbeddedAws, startEmbeddedAws } from '../../local/embedded-aws';
import { administrator } from '../../local/wire/gateway';
import { ASSEMBLY_FOLDER } from '../support/assembly-folder';
import { writeOutputs } from '../support/outputs';

/** The demo as a user runs it: a process of its own that knows an endpoint and an outputs file. */
describe('the demo against the embedded AWS', () => {
  let embedded: EmbeddedAws;
  let outputsFile: string;
  const folder = mkdtempSync(path.join(tmpdir(), 'stepwright-'));

  beforeAll(async () => {
    embedded = await startEmbeddedAws({ port: 0 });
    outputsFile = writeOutputs(folder, await embedded.deploy(ASSEMBLY_FOLDER));
  });
  afterAll(() => embedded.stop());

  const demo = (...args: string[]) =>
    new Promise<{ code: number | null; output: string }>((resolve, reject) => {
      const child = spawn(process.execPath, ['--import', 'tsx', 'bin/commands/demo.ts', ...args], {
        env: { ...clientEnvironment(embedded.url, embedded.region), NODE_NO_WARNINGS: '1' },
      });
      let output = '';
      for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
      child.once('error', reject).once('close', (code) => resolve({ code, output }));
    });

  it('ends every scenario as it should, within the budgets of a happy order', async () => {
    const jsonFile = path.join(folder, 'results.json');
    const { code, output } = await demo('--outputs', outputsFile, '--json', jsonFile);
    expect(output).toContain(`All ${ALL_SCENARIOS.length} scenarios ended as they should.`);
    expect(code).toBe(0);
    const results = JSON.parse(readFileSync(jsonFile, 'utf8'));
    expect(results.map((result: any) => result.scenario)).toEqual(ALL_SCENARIOS.map((scenario) => scenario.name));
    expect(results[0]).toMatchObject({
      end: 'OrderConfirmed',
      path: ['ReserveStock', 'ChargePayment', 'ShipOrder', 'ConfirmOrder'],
      transitions: 4,
      lambdaCalls: 2,
    });
  }, 180_000);

  it('fails with what strayed when an order does not end as it should', async () => {
    const stacks = Object.values<Record<string, string>>(JSON.parse(readFileSync(outputsFile, 'utf8')));
    const FaultsTableName = stacks.find((outputs) => outputs.FaultsTableName)?.FaultsTableName;
    const declined = { scope: { S: '*' }, operation: { S: 'charge' }, fault: { S: 'decline' } };
    const root = administrator(embedded.accountId);
    await embedded.gateway.call(root, 'dynamodb', 'PutItem', { TableName: FaultsTableName, Item: declined });
    const { code, output } = await demo('--outputs', outputsFile, '--only', 'happy order');
    expect(output).toContain('the end is "OrderCompensated", expected "OrderConfirmed"');
    expect(output).toContain('1 of 1 scenarios did not end as they should: happy order.');
    expect(code).toBe(1);
  }, 120_000);

  it.each([
    [['--outputs', 'missing.json'], 'The outputs file missing.json cannot be read'],
    [['--only', 'happy'], "required option '--outputs <file>' not specified"],
  ])('says what is missing when called with %j', async (args, message) => {
    const { code, output } = await demo(...args);
    expect(output).toContain(message);
    expect(code).not.toBe(0);
  });
});
