import { LeapingClock } from '../../local/kernel/leaping-clock';
import { ASSEMBLY_FOLDER } from '../support/assembly-folder';
import { type EmbeddedStacks, startStacks } from '../support/embedded-stacks';

/** Longer than the reconciliation leaves orders to the workflow. */
const HOUR_MS = 3_600_000;

const clock = new LeapingClock();
let stacks: EmbeddedStacks;

beforeAll(async () => {
  stacks = await startStacks(ASSEMBLY_FOLDER, clock);
  await stacks.stock('lamp', 10);
}, 60_000);

afterAll(() => stacks.embedded.stop());

describe('the reconciliation of the deployed stacks', () => {
  it('undoes an order whose execution was stopped while nobody listened', async () => {
    await disableRecoveryRule();
    const name = 'unheard';
    await stacks.call('dynamodb', 'PutItem', {
      TableName: stacks.outputs.FaultsTableName,
      Item: {
        ...{ scope: { S: name }, operation: { S: 'book' }, fault: { S: 'slow' }, delayMilliseconds: { N: '1500' } },
      },
    });
    await stacks.publish({ orderId: name, lines: [{ sku: 'lamp', quantity: 2 }] });
    const executionArn = executionOf('OrdersMachineArn', name);
    await until('the shipment under way', async () => {
      const { events } = await stacks
        .call('states', 'GetExecutionHistory', { executionArn })
        .catch(() => ({ events: [] }));
      return events.some((event: any) => event.stateEnteredEventDetails?.name === 'ShipOrder');
    });
    await stacks.call('states', 'StopExecution', { executionArn, error: 'Operator', cause: 'stopped by hand' });
    expect(await statusOf(executionArn)).toBe('ABORTED');

    clock.leap(HOUR_MS);
    await reconcile();
    const undo = executionOf('UndoMachineArn', `${name}.undo1`);
    await until('the end of the undo', async () => (await statusOf(undo)) === 'SUCCEEDED');
    expect(await row('OrdersTableName', { orderId: { S: name } })).toMatchObject({
      status: { S: 'OrderCompensated' },
      reason: { S: 'Execution.ABORTED' },
      reservation: { S: 'released' },
    });
    expect(await row('PaymentsTableName', { paymentKey: { S: name } })).toMatchObject({ state: { S: 'refunded' } });
    expect(await row('StockTableName', { sku: { S: 'lamp' } })).toMatchObject({
      onHand: { N: '10' },
      held: { N: '0' },
    });
  }, 60_000);

  it('starts an accepted order whose event was lost', async () => {
    const now = new Date(clock.now()).toISOString();
    await stacks.call('dynamodb', 'PutItem', {
      TableName: stacks.outputs.OrdersTableName,
      Item: {
        orderId: { S: 'lost' },
        status: { S: 'OrderAccepted' },
        owner: { S: 'arn:aws:iam::000000000000:role/Shop' },
        lines: { L: [{ M: { sku: { S: 'lamp' }, quantity: { N: '1' }, unitPriceCents: { N: '100' } } }] },
        totalCents: { N: '100' },
        currency: { S: 'EUR' },
        createdAt: { S: now },
        waitingSince: { S: now },
      },
    });
    clock.leap(HOUR_MS);
    await reconcile();
    await until('its confirmation', async () => {
      const { status } = await row('OrdersTableName', { orderId: { S: 'lost' } });
      return status.S === 'OrderConfirmed';
    });
    const confirmed = await row('OrdersTableName', { orderId: { S: 'lost' } });
    expect(confirmed).toMatchObject({ owner: { S: 'arn:aws:iam::000000000000:role/Shop' } });
    expect(confirmed.waitingSince).toBeUndefined();
  }, 60_000);
});

/** Runs the machine, which takes three transitions. */
async function reconcile(): Promise<void> {
  const { executionArn } = await stacks.call('states', 'StartExecution', {
    stateMachineArn: stacks.outputs.ReconciliationMachineArn,
  });
  await until('the end of the reconciliation', async () => (await statusOf(executionArn)) !== 'RUNNING');
  const { events } = await stacks.call('states', 'GetExecutionHistory', { executionArn });
  const entered = events.flatMap((event: any) => event.stateEnteredEventDetails?.name ?? []);
  expect(entered.sort()).toEqual(['ReconcileBooks', 'ReconcileOrders', 'ReconcilePayments']);
}

async function disableRecoveryRule(): Promise<void> {
  const { Rules } = await stacks.call('events', 'ListRules', {});
  const { Name } = Rules.find(({ Description }: { Description?: string }) =>
    Description?.includes('without having brought'),
  );
  await stacks.call('events', 'DisableRule', { Name });
}

function executionOf(machine: string, name: string): string {
  return `${stacks.outputs[machine]!.replace(':stateMachine:', ':execution:')}:${name}`;
}

async function statusOf(executionArn: string): Promise<string | undefined> {
  return (await stacks.call('states', 'DescribeExecution', { executionArn }).catch(() => ({}))).status;
}

async function row(table: string, Key: object): Promise<any> {
  return (await stacks.call('dynamodb', 'GetItem', { TableName: stacks.outputs[table], Key })).Item ?? {};
}

async function until(what: string, probe: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; ) {
    if (await probe()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${what}: not there after 30 s`);
}
