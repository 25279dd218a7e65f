import { readFileSync } from 'node:fs';
import path from 'node:path';
import { administrator } from '../../local/wire/gateway';
import { DemoUnderTest } from '../support/demo-under-test';

/** Some scenarios; demo.deep.test.ts runs them all. */
describe('the demo against the embedded AWS', () => {
  let demo: DemoUnderTest;

  beforeAll(async () => {
    demo = await DemoUnderTest.start();
  });
  afterAll(() => demo.stop());

  it('ends a happy order as it should, within its budgets', async () => {
    const jsonFile = path.join(demo.folder, 'results.json');
    const { code, output } = await demo.run('--outputs', demo.outputsFile, '--only', 'happy order', '--json', jsonFile);
    expect(output).toContain('All 1 scenarios ended as they should.');
    expect(code).toBe(0);
    expect(JSON.parse(readFileSync(jsonFile, 'utf8'))[0]).toMatchObject({
      scenario: 'happy order',
      end: 'OrderConfirmed',
      path: ['ReserveStock', 'ChargePayment', 'ShipOrder', 'ConfirmOrder'],
      transitions: 4,
      lambdaCalls: 2,
    });
  });

  it.each([
    ['approved by mail', 'OrderConfirmed'],
    ['an undo fails for good', 'OrderNeedsReview'],
  ])('ends "%s" as %s', async (name, end) => {
    const { code, output } = await demo.run('--outputs', demo.outputsFile, '--only', name);
    expect(output).toContain(`${name}: ${end}`);
    expect(code).toBe(0);
  });

  it('fails with what strayed when an order does not end as it should', async () => {
    const stacks = Object.values<Record<string, string>>(JSON.parse(readFileSync(demo.outputsFile, 'utf8')));
    const FaultsTableName = stacks.find((outputs) => outputs.FaultsTableName)?.FaultsTableName;
    const declined = { scope: { S: '*' }, operation: { S: 'charge' }, fault: { S: 'decline' } };
    const root = administrator(demo.embedded.accountId);
    await demo.embedded.gateway.call(root, 'dynamodb', 'PutItem', { TableName: FaultsTableName, Item: declined });
    const { code, output } = await demo.run('--outputs', demo.outputsFile, '--only', 'happy order');
    expect(output).toContain('the end is "OrderCompensated", expected "OrderConfirmed"');
    expect(output).toContain('1 of 1 scenarios did not end as they should: happy order.');
    expect(code).toBe(1);
  });

  it.each([
    [['--outputs', 'missing.json'], 'The outputs file missing.json cannot be read'],
    [['--only', 'happy'], "required option '--outputs <file>' not specified"],
  ])('says what is missing when called with %j', async (args, message) => {
    const { code, output } = await demo.run(...args);
    expect(output).toContain(message);
    expect(code).not.toBe(0);
  });
});
