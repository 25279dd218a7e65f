import { OpsStacks } from '../../support/ops-stacks';

let stacks: OpsStacks;

beforeAll(async () => {
  stacks = await OpsStacks.start();
  await stacks.stock('lamp', 100);
}, 240_000);
afterAll(() => stacks?.stop());

const lineOf = ({ lines }: any, what: string) => lines.find((line: any) => line.what.includes(what));

describe('npm run ops -- cost', () => {
  it('tells what an execution cost, retries included, with what Lambda billed', async () => {
    await stacks.place('fine-1', 'lamp');
    await stacks.awaitOrder('fine-1', 'OrderConfirmed');
    const arn = `${stacks.orders.OrdersMachineArn!.replace(':stateMachine:', ':execution:')}:fine-1`;
    const [bill] = await stacks.opsJson('cost', '--execution', arn);
    expect(lineOf(bill, 'transitions')).toMatchObject({ quantity: '4', dollars: 4 * 0.000025 });
    expect(lineOf(bill, 'Lambda invocations')).toMatchObject({ quantity: '2' });
    expect(lineOf(bill, 'Lambda time').quantity).toMatch(/GB-seconds$/);
    expect(lineOf(bill, 'Lambda time').dollars).toBeGreaterThan(0);
  });

  it('tells what a workflow cost since a moment', async () => {
    const [bill] = await stacks.opsJson('cost', '--workflow', 'orders', '--since', '1h');
    expect(lineOf(bill, 'transitions of stepwright-dev-orders-saga')).toMatchObject({ quantity: '4 in 1 executions' });
    expect(Number(lineOf(bill, 'DynamoDB write units').quantity)).toBeGreaterThanOrEqual(10);
    expect(bill.dollars).toBeGreaterThan(0.0001);
    const { output } = await stacks.ops('cost', '--workflow', 'documents');
    expect(output).toContain('not known: CloudWatch has no InputTokenCount');
  });

  it('rejects a span that is none', async () => {
    expect((await stacks.ops('cost', '--since', 'lately')).output).toContain('must be a span such as 30m');
  });
});
