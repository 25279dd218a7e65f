import { assemblyWithTimeout } from '../../support/watched/changed-assembly';
import { FailureMode, MINUTE_MS, pageOf } from '../../support/watched/failure-mode';
import { type HeldCalls, holdCalls } from '../../support/watched/held-calls';

/** A step writes down that it is done by this. */
const COMPLETES = /:completed/;
/** The state ChargePayment waits for 30 s, and its function may go on for so long: the check at synth refuses it. */
const FUNCTION_SECONDS = 300;
const STATE_SECONDS = 30;

let mode: FailureMode;

describe('a charge whose function finishes after its state has timed out', () => {
  let executionArn: string;
  beforeAll(async () => {
    mode = await FailureMode.start({
      assemblyFolder: assemblyWithTimeout('ChargePayment', FUNCTION_SECONDS),
    });
  }, 300_000);
  afterAll(() => mode?.stop());

  it('is stopped by the fence, and a ticket says so within five minutes', async () => {
    const held = holdCompletion('ChargePayment#late');
    await mode.books.place('late', 'lamp');
    await until('the charge under way', async () => held.count === 1);
    mode.begins();
    executionArn = executionOf('OrdersMachineArn', 'late');
    mode.watched.heldFunctions = 1;
    await mode.watched.turnUntil(async () => (await paymentOf('late')).state === 'refunded', mode.leftMs, 10_000);
    // Its state gave it up, and later attempts found it still at it.
    expect(await failures()).toEqual(['States.Timeout', 'StepInProgress']);
    expect(mode.watched.clock.now() - mode.beganAt).toBeGreaterThan(STATE_SECONDS * 1000);
    expect(held.count).toBeGreaterThan(0);
    mode.watched.heldFunctions = 0;
    held.letGo();
    await expectBell();
  });

  it('leaves nothing behind', async () => {
    expect(await mode.wrongAfter(30 * MINUTE_MS)).toEqual([]);
    expect(mode.rung()).toEqual(['ticket orders: zombie-stopped']);
    expect(await mode.books.ends()).toMatchObject({ OrderCompensated: 1 });
    expect(await paymentOf('late')).toEqual({ state: 'refunded', captures: '1', refunds: '1' });
  });

  /** The errors by which attempts of the order's tasks ended, each once, in the order of their first time. */
  async function failures(): Promise<string[]> {
    const asked = { executionArn, maxResults: 1000 };
    const { events } = await mode.watched.call('states', 'GetExecutionHistory', asked);
    const errors = events.map(
      ({ taskFailedEventDetails: failed, taskTimedOutEventDetails: timedOut }: any) => (failed ?? timedOut)?.error,
    );
    return [...new Set<string>(errors.filter(Boolean))];
  }
});

describe('a charge that goes on after its order was stopped and undone', () => {
  beforeAll(async () => {
    mode = await FailureMode.start();
  }, 300_000);
  afterAll(() => mode?.stop());

  it('is stopped by the fence, and a ticket says so within five minutes', async () => {
    const held = holdCompletion('ChargePayment#stopped');
    await mode.books.place('stopped', 'lamp');
    await until('the charge under way', async () => held.count === 1);
    mode.begins();
    await mode.watched.call('states', 'StopExecution', { executionArn: executionOf('OrdersMachineArn', 'stopped') });
    await until('the end of the undo', async () => (await statusOf('UndoMachineArn', 'stopped.undo1')) === 'SUCCEEDED');
    held.letGo();
    await expectBell();
  });

  it('leaves nothing behind', async () => {
    expect(await mode.wrongAfter(30 * MINUTE_MS)).toEqual([]);
    expect(mode.rung().sort()).toEqual(['ticket orders: orders-died', 'ticket orders: zombie-stopped']);
    expect(await paymentOf('stopped')).toEqual({ state: 'refunded', captures: '1', refunds: '1' });
  });
});

async function expectBell(): Promise<void> {
  const page = pageOf('zombie-stopped');
  expect(await mode.rings('zombie-stopped')).toMatchObject({ severity: 'ticket', stack: 'orders', ...page });
}

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

/** Where the money of an order is, and how often it moved. */
async function paymentOf(orderId: string): Promise<Record<string, string | undefined>> {
  const TableName = mode.watched.stacks.orders.PaymentsTableName;
  const { Item } = await mode.watched.call('dynamodb', 'GetItem', { TableName, Key: { paymentKey: { S: orderId } } });
  return { state: Item?.state.S, captures: Item?.captures.N, refunds: Item?.refunds.N };
}

function until(what: string, isSo: () => Promise<boolean>): Promise<void> {
  return mode.watched.stacks.until(what, isSo);
}
