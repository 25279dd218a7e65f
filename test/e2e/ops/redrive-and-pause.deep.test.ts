import { OpsStacks } from '../../support/ops-stacks';

let stacks: OpsStacks;

beforeAll(async () => {
  stacks = await OpsStacks.start();
  await stacks.stock('lamp', 100);
  await stacks.stock('lathe', 100, 200_000);
}, 240_000);
afterAll(() => stacks?.stop());

const executionOf = (orderId: string) =>
  `${stacks.orders.OrdersMachineArn!.replace(':stateMachine:', ':execution:')}:${orderId}`;

/** Places an order, stops its execution in a state, and gives its ARN. */
async function stoppedIn(state: string, orderId: string, sku: string): Promise<string> {
  await stacks.place(orderId, sku);
  const executionArn = executionOf(orderId);
  await stacks.until(`${orderId} is in ${state}`, async () => {
    const history = await stacks.call('states', 'GetExecutionHistory', { executionArn }).catch(() => ({ events: [] }));
    return history.events.some((event: any) => event.stateEnteredEventDetails?.name === state);
  });
  await stacks.call('states', 'StopExecution', { executionArn });
  return executionArn;
}

describe('npm run ops -- redrive', () => {
  it('redrives what may run again, under the name of who typed it', async () => {
    await stacks.fault('again-1', 'charge', 'slow');
    const executionArn = await stoppedIn('ChargePayment', 'again-1', 'lamp');
    const planned = await stacks.opsJson('redrive', executionArn, '--dry-run');
    expect(planned).toEqual([{ executionArn, outcome: 'would be redriven', why: 'runs again: ChargePayment' }]);
    const [outcome] = await stacks.opsJson('redrive', '--machine', 'saga', '--since', '1h', '--status', 'ABORTED');
    expect(outcome).toMatchObject({ executionArn, outcome: 'redriven' });
    await stacks.until('it has ended again', async () => {
      const { status, redriveCount } = await stacks.call('states', 'DescribeExecution', { executionArn });
      return redriveCount === 1 && status !== 'RUNNING';
    });
    expect(await stacks.acts(stacks.orders)).toContainEqual(
      expect.objectContaining({ act: 'redrive', executionArn, states: ['ChargePayment'], who: expect.any(String) }),
    );
  });

  it('refuses where a state is not safe to repeat, and says why', async () => {
    const executionArn = await stoppedIn('AskApproval', 'asked-1', 'lathe');
    const { code, output } = await stacks.ops('redrive', executionArn);
    expect(output).toContain('AskApproval may not run again: whoever was asked would be asked again');
    expect(code).toBe(1);
    const found = await stacks.call('states', 'DescribeExecution', { executionArn });
    expect(found).toMatchObject({ status: 'ABORTED', redriveCount: 0 });
  });

  it('refuses what Step Functions cannot redrive', async () => {
    await stacks.place('fine-1', 'lamp');
    await stacks.awaitOrder('fine-1', 'OrderConfirmed');
    const { code, output } = await stacks.ops('redrive', executionOf('fine-1'));
    expect(output).toContain('NOT_REDRIVABLE');
    expect(code).toBe(1);
  });
});

describe('npm run ops -- pause and resume', () => {
  it('lets orders wait and loses none', async () => {
    const paused = await stacks.ops('pause', 'orders');
    expect(paused).toMatchObject({ code: 0, output: expect.stringContaining('The intake of orders is paused.') });
    expect((await stacks.ops('pause', 'orders')).output).toContain('was paused already');
    await stacks.place('waits-1', 'lamp');
    const [orders, approvals] = await stacks.opsJson('intake');
    expect(orders).toMatchObject({
      workflow: 'orders',
      waiting: 1,
      mappings: [{ state: 'Disabled', paused: expect.stringContaining('arn:aws:') }],
    });
    expect(approvals).toMatchObject({ workflow: 'approvals', mappings: [{ state: 'Enabled' }] });
    expect((await stacks.ops('resume', 'orders')).output).toContain('The intake of orders is open.');
    await stacks.awaitOrder('waits-1', 'OrderConfirmed');
    const acts = (await stacks.acts(stacks.orders)).map(({ act }) => act);
    expect(acts.filter((act) => act === 'pause' || act === 'resume')).toEqual(['pause', 'resume']);
  });

  it('leaves alone what somebody else has disabled', async () => {
    const EventSourceArn = (
      await stacks.call('sqs', 'GetQueueAttributes', {
        QueueUrl: stacks.stacks.outputs.IngestQueueUrl,
        AttributeNames: ['QueueArn'],
      })
    ).Attributes.QueueArn;
    const { EventSourceMappings } = await stacks.call('lambda', 'ListEventSourceMappings', { EventSourceArn });
    const [{ UUID }] = EventSourceMappings;
    const stateOf = async () => (await stacks.call('lambda', 'GetEventSourceMapping', { UUID })).State;
    await stacks.call('lambda', 'UpdateEventSourceMapping', { UUID, Enabled: false });
    await stacks.until('it is disabled', async () => (await stateOf()) === 'Disabled');
    expect((await stacks.ops('pause', 'documents')).output).toContain('was paused already');
    expect((await stacks.ops('resume', 'documents')).output).toContain('was not paused by this command');
    expect(await stateOf()).toBe('Disabled');
  });
});
