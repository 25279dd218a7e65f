import { FailureMode, MINUTE_MS, pageOf } from '../../support/watched/failure-mode';
import { type HeldCalls, holdCalls } from '../../support/watched/held-calls';

/** A step writes down that it is done by this. */
const COMPLETES = /:completed/;

describe('a charge that goes on after its order was stopped and undone', () => {
  let mode: FailureMode;
  beforeAll(async () => {
    mode = await FailureMode.start();
  }, 300_000);
  afterAll(() => mode?.stop());

  it('is stopped by the fence, and a ticket says so within five minutes', async () => {
    const held = holdCompletion('ChargePayment#late');
    await mode.books.place('late', 'lamp');
    // No clock is turned while a function runs: all of this happens in the machine's own time.
    await until('the charge under way', async () => held.count === 1);
    mode.begins();
    await mode.watched.call('states', 'StopExecution', { executionArn: executionOf('OrdersMachineArn', 'late') });
    await until('the end of the undo', async () => (await statusOf('UndoMachineArn', 'late.undo1')) === 'SUCCEEDED');
    held.letGo();
    expect(await mode.rings('zombie-stopped')).toMatchObject({
      ...{ severity: 'ticket', stack: 'orders' },
      ...pageOf('zombie-stopped'),
    });
  });

  it('leaves nothing behind', async () => {
    expect(await mode.wrongAfter(30 * MINUTE_MS)).toEqual([]);
    expect(mode.rung().sort()).toEqual(['ticket orders: orders-died', 'ticket orders: zombie-stopped']);
    const Key = { paymentKey: { S: 'late' } };
    const TableName = mode.watched.stacks.orders.PaymentsTableName;
    const { Item } = await mode.watched.call('dynamodb', 'GetItem', { TableName, Key });
    expect(Item).toMatchObject({ state: { S: 'refunded' }, captures: { N: '1' }, refunds: { N: '1' } });
  });

  function holdCompletion(step: string): HeldCalls {
    const { embedded } = mode.watched.stacks.stacks;
    const isIt = (input: any) => input.Key.id?.S === step && COMPLETES.test(input.UpdateExpression);
    return holdCalls(embedded, 'dynamodb', 'UpdateItem', isIt);
  }

  function executionOf(machine: string, name: string): string {
    return `${mode.watched.stacks.orders[machine]!.replace(':stateMachine:', ':execution:')}:${name}`;
  }

  async function statusOf(machine: string, name: string): Promise<string | undefined> {
    const asked = { executionArn: executionOf(machine, name) };
    return (await mode.watched.call('states', 'DescribeExecution', asked).catch(() => ({}))).status;
  }

  function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
    return mode.watched.stacks.until(what, isSo);
  }
});
