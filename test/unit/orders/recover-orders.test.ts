import { createRecoverOrder } from '../../../lambdas/orders/domain/recover-order';
import { memoryOrders, memoryQueue, memoryWorkflow, silent } from './ports/memory-ports';

function statusChange(name: string, detail: object = {}) {
  return {
    body: JSON.stringify({
      id: 'event-1',
      source: 'aws.states',
      'detail-type': 'Step Functions Execution Status Change',
      time: '2026-01-01T00:00:00Z',
      detail: { executionArn: `arn:execution:${name}`, name, status: 'ABORTED', error: null, cause: null, ...detail },
    }),
  };
}

function setUp() {
  const orders = memoryOrders();
  const reviewed: string[] = [];
  const needsReview = async (orderId: string) => void reviewed.push(orderId);
  const undo = memoryWorkflow();
  const review = memoryQueue();
  const recover = createRecoverOrder({ orders: { ...orders, needsReview }, undo, review, ...silent });
  return { rows: orders.rows, reviewed, undo, review, recover };
}

describe('recover-orders', () => {
  it('starts the undo of an order whose execution was stopped from outside', async () => {
    const { rows, undo, recover } = setUp();
    rows.set('order-1', { orderId: 'order-1', status: 'OrderReserved' });
    await recover(statusChange('order-1'));
    expect(undo.started.get('order-1.undo1')).toEqual({
      orderId: 'order-1',
      failure: { Error: 'Execution.ABORTED', Cause: 'The execution ended as ABORTED.', step: 'Execution' },
      undoFailures: [],
    });
  });

  it('starts the undo also when there is no row yet, so that nothing late can land', async () => {
    const { undo, recover } = setUp();
    await recover(statusChange('order-1', { status: 'TIMED_OUT' }));
    expect(undo.started.has('order-1.undo1')).toBe(true);
  });

  it('hands on the error and the start of a long cause', async () => {
    const { undo, recover } = setUp();
    const cause = 'x'.repeat(5000);
    await recover(statusChange('order-1', { status: 'FAILED', error: 'States.DataLimitExceeded', cause }));
    const { failure } = undo.started.get('order-1.undo1');
    expect(failure).toEqual({ Error: 'States.DataLimitExceeded', Cause: cause.slice(0, 1000), step: 'Execution' });
  });

  it.each(['OrderConfirmed', 'OrderRejected', 'OrderCompensated', 'OrderNeedsReview'] as const)(
    'leaves an order alone that is %s',
    async (status) => {
      const { rows, undo, review, recover } = setUp();
      rows.set('order-1', { orderId: 'order-1', status });
      await recover(statusChange('order-1', { status: 'FAILED' }));
      expect(undo.started.size + review.messages.length).toBe(0);
    },
  );

  it('starts the next undo when an undo died, and one only however often it hears of it', async () => {
    const { undo, recover } = setUp();
    await recover(statusChange('order-1.undo1'));
    await recover(statusChange('order-1.undo1'));
    expect([...undo.started.keys()]).toEqual(['order-1.undo2']);
  });

  it('asks a person when three undos died', async () => {
    const { undo, review, reviewed, recover } = setUp();
    await recover(statusChange('order-1.undo3', { status: 'FAILED', error: 'States.Runtime', cause: 'broken' }));
    expect(undo.started.size).toBe(0);
    expect(reviewed).toEqual(['order-1']);
    expect(JSON.parse(review.messages[0]!.body)).toEqual({
      orderId: 'order-1',
      executionArn: 'arn:execution:order-1.undo3',
      failure: { Error: 'States.Runtime', Cause: 'broken', step: 'Execution' },
      undoFailures: [{ step: 'OrderUndo3', error: 'States.Runtime', cause: 'broken' }],
    });
  });

  it.each([
    { body: 'no JSON' },
    { body: '{}' },
    statusChange('not an order!'),
    statusChange('order-1', { status: 'RUNNING' }),
  ])('fails on a message that it cannot read, so that it ends in the dead-letter queue: %j', async (message) => {
    await expect(setUp().recover(message)).rejects.toMatchObject({ name: 'MalformedMessage' });
  });

  it('fails when the undo cannot be started, so that the message comes again', async () => {
    const { undo, recover } = setUp();
    undo.failure = new Error('throttled');
    await expect(recover(statusChange('order-1'))).rejects.toThrow('throttled');
  });
});
