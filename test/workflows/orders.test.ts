import type { TaskAnswer } from '../support/run-machine';
import { orderInput, runOrder, saga } from './orders-machine';
import { type Answers, callsOf } from './workflow-cases';

const cancelled = (...reasons: string[]): TaskAnswer => ({
  error: 'DynamoDb.TransactionCanceledException',
  cause: `Transaction cancelled, please refer cancellation reasons for specific reasons [${reasons.join(', ')}] (Service: DynamoDb, Status Code: 400)`,
});
const conditionFailed: TaskAnswer = {
  error: 'DynamoDB.ConditionalCheckFailedException',
  cause: 'The conditional request failed',
};
const approvalRequired: TaskAnswer = { error: 'ApprovalRequired', cause: '{}' };
const thrown: TaskAnswer = { error: 'SomethingNobodyThoughtOf', cause: '{}' };

/** What else must go wrong for a step to be reached. */
const wayTo: Readonly<Record<string, Answers>> = {
  ReserveStock: {},
  FindReservation: { ReserveStock: [cancelled('ConditionalCheckFailed', 'None')] },
  ChargePayment: {},
  AskApproval: { ChargePayment: [approvalRequired, { result: { Payload: { paymentId: 'pay-1' } } }] },
  ShipOrder: {},
  ConfirmOrder: {},
  CancelOrder: { ConfirmOrder: [thrown] },
  FindEnd: { ConfirmOrder: [thrown], CancelOrder: [conditionFailed] },
  CancelShipment: { ShipOrder: [thrown] },
  RefundPayment: { ChargePayment: [thrown] },
  ReleaseStock: { ChargePayment: [thrown] },
  CompensateOrder: { ChargePayment: [thrown] },
  ParkOrder: { ChargePayment: [thrown], RefundPayment: [thrown] },
  ReviewOrder: { ChargePayment: [thrown], RefundPayment: [thrown] },
  RejectOrder: { ReserveStock: [cancelled('None', 'ConditionalCheckFailed')] },
};

/** How a step can fail, whatever it is. */
const errorClasses: Readonly<Record<string, TaskAnswer>> = {
  'an error nobody thought of': thrown,
  'no answer at all': { silent: true },
  throttling: { error: 'Lambda.TooManyRequestsException', cause: 'Rate exceeded' },
  'throttling of the table': { error: 'DynamoDb.ThrottlingException', cause: 'Rate exceeded' },
  'a crash': { error: 'Runtime.ExitError', cause: '{"errorType":"Runtime.ExitError"}' },
  'a timeout of its function': { error: 'Sandbox.Timedout', cause: '{"errorType":"Sandbox.Timedout"}' },
  'a missing grant': { error: 'DynamoDb.AccessDeniedException', cause: 'is not authorized to perform' },
};

/** Where an order ends when a step fails for good, and which undos it has come past by then. */
const afterFailure: Readonly<Record<string, { end: string; undone: string[] }>> = {
  ReserveStock: { end: 'OrderCompensated', undone: ['ReleaseStock'] },
  FindReservation: { end: 'OrderCompensated', undone: ['ReleaseStock'] },
  ChargePayment: { end: 'OrderCompensated', undone: ['RefundPayment', 'ReleaseStock'] },
  AskApproval: { end: 'OrderCompensated', undone: ['RefundPayment', 'ReleaseStock'] },
  ShipOrder: { end: 'OrderCompensated', undone: ['CancelShipment', 'RefundPayment', 'ReleaseStock'] },
  ConfirmOrder: { end: 'OrderCompensated', undone: ['CancelOrder', 'CancelShipment', 'RefundPayment', 'ReleaseStock'] },
  CancelOrder: { end: 'OrderNeedsReview', undone: ['CancelOrder'] },
  FindEnd: { end: 'OrderNeedsReview', undone: ['CancelOrder'] },
  CancelShipment: { end: 'OrderNeedsReview', undone: ['CancelShipment', 'RefundPayment', 'ReleaseStock'] },
  RefundPayment: { end: 'OrderNeedsReview', undone: ['RefundPayment', 'ReleaseStock'] },
  ReleaseStock: { end: 'OrderNeedsReview', undone: ['RefundPayment', 'ReleaseStock'] },
  CompensateOrder: { end: 'OrderNeedsReview', undone: ['RefundPayment', 'ReleaseStock'] },
  ParkOrder: { end: 'OrderNeedsReview', undone: ['RefundPayment', 'ReleaseStock'] },
  ReviewOrder: { end: 'OrderNeedsReview', undone: ['RefundPayment', 'ReleaseStock'] },
  RejectOrder: { end: 'OrderNeedsReview', undone: [] },
};

const steps = Object.keys(saga.States).filter((name) => saga.States[name]?.Type === 'Task');
/** Silence is how a person answers who never does, and no trouble to try again for. */
const isTrouble = (step: string, answer: TaskAnswer) => !(step === 'AskApproval' && 'silent' in answer);
const matrix = steps.flatMap((step) =>
  Object.entries(errorClasses)
    .filter(([, answer]) => isTrouble(step, answer))
    .map(([name, answer]) => [step, name, answer] as const),
);
const undos = ['CancelOrder', 'CancelShipment', 'RefundPayment', 'ReleaseStock'];

/** A throttled task of another service than Lambda is an error like any other. */
const endOf = ({ status, output, error }: { status: string; output?: any; error?: string }) =>
  status === 'SUCCEEDED' ? output.status : error;

describe('a step of the order saga', () => {
  it('is in the tables of this test, each of them', () => {
    expect(Object.keys(wayTo).sort()).toEqual([...steps].sort());
    expect(Object.keys(afterFailure).sort()).toEqual([...steps].sort());
  });

  it.each(matrix)('%s brings the order to its end after %s, again and again', async (step, _name, answer) => {
    const expected = afterFailure[step];
    const result = await runOrder({ ...wayTo[step], [step]: [answer] });
    expect(endOf(result)).toBe(expected?.end);
    expect(result.path.filter((state) => undos.includes(state))).toEqual(expected?.undone);
    expect(callsOf(result, step)).toBeGreaterThan(1);
  });

  it.each(matrix)('%s goes on after %s that passes', async (step, _name, answer) => {
    const untroubled = await runOrder(wayTo[step] as Answers);
    const result = await runOrder({
      ...wayTo[step],
      [step]: [answer, answer, { result: lastResult(step) }],
    });
    expect(endOf(result)).toBe(endOf(untroubled));
    expect(result.path).toEqual(untroubled.path);
    expect(callsOf(result, step)).toBe(3);
  });

  it.each([
    ['ChargePayment', { Payload: null }],
    ['ChargePayment', { Payload: 'a text' }],
    ['ChargePayment', {}],
    ['ShipOrder', { Payload: {} }],
    ['ShipOrder', null],
  ])('%s undoes the order after the output %j, without trying again', async (step, output) => {
    const result = await runOrder({ [step]: [{ result: output }] });
    expect(result.output).toMatchObject({ status: 'OrderCompensated', reason: 'States.QueryEvaluationError' });
    expect(result.path.filter((state) => undos.includes(state))).toEqual(afterFailure[step]?.undone);
    expect(callsOf(result, step)).toBe(1);
  });

  it('AskApproval undoes the order when nobody ever answers, without asking again', async () => {
    const result = await runOrder({ ...wayTo.AskApproval, AskApproval: [{ silent: true }] });
    expect(result.output).toMatchObject({ status: 'OrderCompensated', reason: 'States.Timeout' });
    expect(callsOf(result, 'AskApproval')).toBe(1);
    expect(result.seconds).toBeGreaterThanOrEqual(7200);
  });

  it('AskApproval asks once: a charge that wants another approval is undone', async () => {
    const result = await runOrder({ ChargePayment: [approvalRequired] });
    expect(result.output).toMatchObject({ status: 'OrderCompensated', reason: 'States.QueryEvaluationError' });
    expect([callsOf(result, 'ChargePayment'), callsOf(result, 'AskApproval')]).toEqual([2, 1]);
    expect(result.path.filter((state) => undos.includes(state))).toEqual(['RefundPayment', 'ReleaseStock']);
  });

  it('FindReservation takes a row that is not there as not ours', async () => {
    const result = await runOrder({ ...wayTo.FindReservation, FindReservation: [{ result: {} }] });
    expect(result.output).toMatchObject({ status: 'OrderRejected', reason: 'DuplicateOrder' });
  });

  it.each([
    ['ChargePayment', 'PaymentDeclined'],
    ['ChargePayment', 'ApprovalMismatch'],
    ['AskApproval', 'ApprovalRejected'],
    ['AskApproval', 'ApprovalExpired'],
    ['AskApproval', 'ApprovalRevoked'],
    ['AskApproval', 'ApprovalInvalid'],
    ['ChargePayment', 'StepFenced'],
    ['ChargePayment', 'InvalidInput'],
    ['ShipOrder', 'CarrierRefused'],
    ['ShipOrder', 'StepFenced'],
    ['CancelShipment', 'CancellationRefused'],
    ['RefundPayment', 'RefundRefused'],
    ['ReleaseStock', 'ReleaseRefused'],
  ])('%s is not tried again after %s', async (step, error) => {
    const result = await runOrder({ ...wayTo[step], [step]: [{ error, cause: '{}' }] });
    expect(callsOf(result, step)).toBe(1);
  });

  it('CancelOrder leaves an order alone that was confirmed, by either name of the error', async () => {
    for (const error of ['DynamoDB.ConditionalCheckFailedException', 'DynamoDb.ConditionalCheckFailedException']) {
      const result = await runOrder({
        ...wayTo.CancelOrder,
        CancelOrder: [{ ...conditionFailed, error } as TaskAnswer],
      });
      expect(endOf(result)).toBe('OrderConfirmed');
      expect(callsOf(result, 'RefundPayment')).toBe(0);
    }
  });

  it.each(['OrderRejected', 'OrderCompensated', 'OrderNeedsReview'])(
    'CancelOrder leaves an order alone that is %s, and the undo ends as the row says',
    async (status) => {
      const row = { status: { S: status }, reason: { S: 'OutOfStock' } };
      const result = await runOrder(
        { CancelOrder: [conditionFailed], FindEnd: [{ result: { Attributes: row } }] },
        { startAt: 'CancelOrder', input: { orderId: 'o-1', failure: {}, undoFailures: [] } },
      );
      expect(result.output).toEqual({ orderId: 'o-1', status, reason: 'OutOfStock' });
      expect(result.path).toEqual(['CancelOrder', 'FindEnd']);
    },
  );

  it('CancelOrder and CompensateOrder have a condition that no end but their own fulfils', () => {
    const valuesOf = (step: string) =>
      JSON.stringify(saga.States[step]?.Arguments)
        .match(/(?<=ConditionExpression":"[^"]*):\w+/g)
        ?.sort();
    expect(valuesOf('CancelOrder')).toEqual([':compensated', ':confirmed', ':needsReview', ':rejected']);
    expect(valuesOf('CompensateOrder')).toEqual([':confirmed', ':needsReview', ':rejected']);
  });

  it('names an error that came without a cause', async () => {
    const result = await runOrder({
      ChargePayment: [{ error: 'PaymentDeclined' }],
      RefundPayment: [{ error: 'RefundRefused' }],
    });
    expect(JSON.parse(result.cause ?? '')).toMatchObject({
      failure: { Error: 'PaymentDeclined', Cause: '' },
      undoFailures: [{ step: 'RefundPayment', error: 'RefundRefused', cause: '' }],
    });
  });

  it('keeps what it tells of a failure short, however long the cause', async () => {
    const cause = 'x'.repeat(30_000);
    const refused: Answers = Object.fromEntries(
      ['CancelShipment', 'RefundPayment', 'ReleaseStock'].map((step) => [step, [{ error: 'RefundRefused', cause }]]),
    );
    const result = await runOrder({ ...refused, ShipOrder: [{ error: 'CarrierRefused', cause }] });
    const parked = result.calls.find(({ stateName }) => stateName === 'ParkOrder')?.parameters;
    expect(JSON.stringify(parked).length).toBeLessThan(6000);
  });
});

/** What the step answers when nothing is wrong with it; FindReservation finds a reservation that is not ours. */
function lastResult(step: string): unknown {
  if (step === 'AskApproval') return { decision: 'approved', requestId: 'r-1', payloadHash: 'hash-1' };
  if (step === 'ChargePayment') return { Payload: { paymentId: 'pay-1' } };
  if (step === 'ShipOrder') return { Payload: { shipmentId: 'ship-1' } };
  if (step === 'FindEnd') return { Attributes: { status: { S: 'OrderConfirmed' } } };
  if (step === 'FindReservation') {
    const executionId = 'arn:aws:states:us-east-1:000000000000:execution:machine:run';
    return { Item: { reservation: { S: 'held' }, executionId: { S: executionId } } };
  }
  return {};
}

describe('what the saga asks of AWS', () => {
  const reservation = async (input: object = orderInput) =>
    (await runOrder({}, { input })).calls.find(({ stateName }) => stateName === 'ReserveStock')?.parameters;

  it('reserves the row and each line in one transaction', async () => {
    const { TransactItems, ClientRequestToken } = await reservation();
    expect(ClientRequestToken).toMatch(/^[0-9a-f]{36}$/);
    expect(TransactItems).toHaveLength(3);
    const [row, cup] = TransactItems;
    expect(row.Update.ExpressionAttributeValues[':lines']).toEqual({
      L: [
        { M: { sku: { S: 'CUP' }, quantity: { N: '2' }, unitPriceCents: { N: '1000' } } },
        { M: { sku: { S: 'TEA' }, quantity: { N: '1' }, unitPriceCents: { N: '500' } } },
      ],
    });
    expect(row.Update.ExpressionAttributeValues).toMatchObject({
      ':totalCents': { N: '2500' },
      ':customer': { M: { name: { S: 'Ann' }, email: { S: 'ann@example.com' } } },
    });
    expect(cup.Update).toMatchObject({
      Key: { sku: { S: 'CUP' } },
      ConditionExpression: '#onHand >= :quantity',
      ExpressionAttributeValues: { ':quantity': { N: '2' } },
    });
  });

  it.each([
    [{}, {}],
    [undefined, {}],
    [{ email: 'a@b.c' }, { email: { S: 'a@b.c' } }],
  ])('reserves a single line for the customer %j as a list of one', async (customer, expected) => {
    const { TransactItems } = await reservation({ ...orderInput, customer, lines: [orderInput.lines[0]] });
    expect(TransactItems).toHaveLength(2);
    expect(TransactItems[0].Update.ExpressionAttributeValues[':lines'].L).toHaveLength(1);
    expect(TransactItems[0].Update.ExpressionAttributeValues[':customer']).toEqual({ M: expected });
  });

  it('reserves and confirms fifty lines within what one transaction takes', async () => {
    const lines = Array.from({ length: 50 }, (_, index) => ({ sku: `SKU-${index}`, quantity: 1, unitPriceCents: 1 }));
    const { calls } = await runOrder({}, { input: { ...orderInput, lines } });
    for (const step of ['ReserveStock', 'ConfirmOrder']) {
      const items = calls.find(({ stateName }) => stateName === step)?.parameters.TransactItems;
      expect(items).toHaveLength(51);
    }
  });

  it('says the same at every retry, so that a request token matches', async () => {
    for (const step of ['ReserveStock', 'ConfirmOrder']) {
      const { calls } = await runOrder({ [step]: [{ silent: true }, thrown, { result: {} }] });
      const asked = calls
        .filter(({ stateName }) => stateName === step)
        .map(({ parameters }) => JSON.stringify(parameters));
      expect(asked).toHaveLength(3);
      expect(new Set(asked).size).toBe(1);
    }
  });

  it('ships the lines as a list, also when there is one', async () => {
    const lines = [orderInput.lines[0]];
    const { calls } = await runOrder({}, { input: { ...orderInput, lines } });
    expect(calls.find(({ stateName }) => stateName === 'ShipOrder')?.parameters.Payload).toEqual({
      orderId: 'o-1',
      lines,
      customer: orderInput.customer,
      correlationId: 'c-1',
    });
  });

  it('asks for the approval of exactly what is charged afterwards, line by line', async () => {
    const lines = [orderInput.lines[0]];
    const { calls } = await runOrder(wayTo.AskApproval as Answers, { input: { ...orderInput, lines } });
    const asked = calls.find(({ stateName }) => stateName === 'AskApproval');
    const charges = calls.filter(({ stateName }) => stateName === 'ChargePayment');
    const { approval, correlationId, ...charged } = charges[1]!.parameters.Payload;
    expect(asked?.parameters.MessageBody).toEqual({
      approvers: ['ann@example.com'],
      expiresInSeconds: 3600,
      kind: 'ask',
      version: 1,
      requestKey: expect.stringMatching(/^arn:aws:states:.*:run\/AskApproval\/\d{4}-/),
      attempt: 0,
      taskToken: asked?.taskToken,
      askedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      title: 'Order of 25.00 EUR',
      requester: { name: 'events' },
      payload: charged,
      correlationId: 'c-1',
    });
    expect(charged).toEqual({ orderId: 'o-1', currency: 'EUR', totalCents: 2500, lines });
    expect(approval).toEqual(lastResult('AskApproval'));
    expect(correlationId).toBe('c-1');
  });

  it('asks under one key however often the asking is tried, and counts the tries', async () => {
    const answers = { ...wayTo.AskApproval, AskApproval: [thrown, thrown, { result: lastResult('AskApproval') }] };
    const { calls } = await runOrder(answers);
    const asked = calls.filter(({ stateName }) => stateName === 'AskApproval').map(({ parameters }) => parameters);
    expect(new Set(asked.map(({ MessageBody }) => MessageBody.requestKey)).size).toBe(1);
    expect(asked.map(({ MessageBody }) => MessageBody.attempt)).toEqual([0, 1, 2]);
  });

  it('tells the first charge that nobody was asked', async () => {
    const { calls } = await runOrder({});
    expect(calls.find(({ stateName }) => stateName === 'ChargePayment')?.parameters.Payload.approval).toBeNull();
  });

  it.each([
    [
      'how long it waited for an approval',
      { ...wayTo.AskApproval, AskApproval: [{ afterSeconds: 90, result: lastResult('AskApproval') }] },
      '90000',
    ],
    ['that it did not wait', {}, '0'],
  ])('writes into the row of a confirmed order %s', async (_what, answers: Answers, milliseconds) => {
    const { calls } = await runOrder(answers);
    const [row] = calls.find(({ stateName }) => stateName === 'ConfirmOrder')!.parameters.TransactItems;
    expect(row.Update.ExpressionAttributeValues[':approvalWaitedMs']).toEqual({ N: milliseconds });
  });

  it.each([
    ['CompensateOrder', {}],
    ['ReviewOrder', { RefundPayment: [{ error: 'RefundRefused' }] as TaskAnswer[] }],
  ])('writes by %s when the failure was noticed, however long the undoing takes', async (step, undo: Answers) => {
    const ShipOrder: TaskAnswer[] = [{ afterSeconds: 7, error: 'CarrierRefused' }];
    const CancelShipment: TaskAnswer[] = [{ afterSeconds: 5, result: {} }];
    const { calls } = await runOrder({ ShipOrder, CancelShipment, ...undo });
    const values = calls.find(({ stateName }) => stateName === step)!.parameters.ExpressionAttributeValues;
    expect(Date.parse(values[':now'].S) - Date.parse(values[':failedAt'].S)).toBe(5_000);
  });

  it('takes the beginning of an undo for when a failure was noticed that nobody dated', async () => {
    const input = {
      orderId: 'o-1',
      failure: { Error: 'Execution.ABORTED', Cause: '', step: 'Execution' },
      undoFailures: [],
    };
    const { calls } = await runOrder({}, { input, startAt: 'CancelOrder' });
    const values = calls.find(({ stateName }) => stateName === 'CompensateOrder')!.parameters.ExpressionAttributeValues;
    expect(values[':failedAt']).toEqual({ S: '2026-11-20T10:00:01.000Z' });
  });

  it('spreads orders that met, each by its own jitter', async () => {
    const conflict = { ReserveStock: [cancelled('None', 'TransactionConflict'), { result: {} }] as TaskAnswer[] };
    const seeds = Array.from({ length: 20 }, (_, i) => i);
    const waits = await Promise.all(seeds.map(async (seed) => (await runOrder(conflict, { seed })).seconds));
    expect(new Set(waits).size).toBeGreaterThan(14);
    for (const seconds of waits) expect(seconds).toBeLessThan(1);
  });
});
