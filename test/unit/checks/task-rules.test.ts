import { taskFindings } from '../../../lib/checks/task-rules';
import { definitionWith, soundTask, without } from './definitions';

const refusals = (states = {}) => taskFindings(definitionWith(states)).map(({ rule, subject }) => `${rule} ${subject}`);

describe('rules for tasks', () => {
  it('accept a task with a timeout, a retry with jitter and a route', () => {
    expect(refusals()).toEqual([]);
  });

  it.each([
    ['TimeoutSeconds', 'task-timeout ChargePayment'],
    ['Retry', 'task-retry ChargePayment'],
    ['Catch', 'failure-route ChargePayment'],
  ])('rejects a task without %s', (field, refusal) => {
    expect(refusals({ ChargePayment: without(soundTask, field) })).toEqual([refusal]);
  });

  it('accept a task that catches nothing where a caller waits for the answer of each execution', () => {
    const definition = definitionWith({ ChargePayment: without(soundTask, 'Catch') });
    expect(taskFindings(definition, true)).toEqual([]);
  });

  it('rejects a callback without a timeout, by its own rule', () => {
    const ask = { ...soundTask, Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken' };
    expect(refusals({ ChargePayment: without(ask, 'TimeoutSeconds') })).toEqual(['callback-timeout ChargePayment']);
  });

  it('rejects a retry without jitter', () => {
    const Retry = [{ ErrorEquals: ['States.ALL'], MaxAttempts: 3 }];
    expect(refusals({ ChargePayment: { ...soundTask, Retry } })).toEqual(['retry-jitter ChargePayment']);
  });

  it('accepts a retry of no attempts, which needs no jitter', () => {
    const Retry = [{ ErrorEquals: ['PaymentDeclined'], MaxAttempts: 0 }];
    expect(refusals({ ChargePayment: { ...soundTask, Retry } })).toEqual([]);
  });

  it('rejects a Catch that takes only the errors that were thought of', () => {
    const Catch = [{ ErrorEquals: ['PaymentDeclined'], Next: 'RefundPayment' }];
    expect(refusals({ ChargePayment: { ...soundTask, Catch } })).toEqual(['failure-route ChargePayment']);
  });

  it('rejects a Catch that leads straight to an end', () => {
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Review' }];
    const [finding] = taskFindings(definitionWith({ ChargePayment: { ...soundTask, Catch } }));
    expect(finding).toMatchObject({ rule: 'failure-route', message: expect.stringContaining('can reach Review') });
  });

  it('rejects a Catch that compensates on one way only', () => {
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'IsOrderPaid' }];
    const IsOrderPaid = { Type: 'Choice', Choices: [{ Next: 'RefundPayment' }], Default: 'Undone' };
    expect(refusals({ ChargePayment: { ...soundTask, Catch }, IsOrderPaid })).toEqual(['failure-route ChargePayment']);
  });

  it('accepts a Catch that asks a person', () => {
    const AskPerson = {
      ...soundTask,
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'ParkOrder' }],
    };
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'AskPerson' }];
    expect(refusals({ ChargePayment: { ...soundTask, Catch }, AskPerson })).toEqual([]);
  });

  it('rejects a state after the parking whose failure looks like a success', () => {
    const MarkReviewed = { ...soundTask, Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Undone' }], Next: 'Review' };
    const ParkOrder = { ...definitionWith().States.ParkOrder, Next: 'MarkReviewed' } as never;
    expect(refusals({ ParkOrder, MarkReviewed })).toEqual(['failure-route MarkReviewed']);
  });

  it('looks into the branches of a Parallel and the items of a Map', () => {
    const inner = { StartAt: 'Step', States: { Step: { ...without(soundTask, 'TimeoutSeconds'), End: true } } };
    const route = { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'RefundPayment' }] };
    expect(refusals({ Fork: { Type: 'Parallel', Branches: [inner], ...route } })).toContain('task-timeout Step');
    expect(
      refusals({ Each: { Type: 'Map', MaxConcurrency: 5, Items: [1, 2], ItemProcessor: inner, ...route } }),
    ).toContain('task-timeout Step');
  });

  it('accepts a task without a Catch whose Map takes every error', () => {
    const inner = { StartAt: 'Step', States: { Step: { ...without(soundTask, 'Catch'), Next: undefined, End: true } } };
    const Each = { Type: 'Map', MaxConcurrency: 5, Items: [1, 2], ItemProcessor: inner };
    const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'RefundPayment' }];
    expect(refusals({ Each: { ...Each, Catch } as never })).toEqual([]);
    expect(refusals({ Each: Each as never })).toEqual(['failure-route Step']);
  });

  it.each([undefined, 0])('rejects a Map with the concurrency %s', (MaxConcurrency) => {
    const inner = { StartAt: 'Step', States: { Step: { Type: 'Pass', End: true } } };
    expect(refusals({ Each: { Type: 'Map', MaxConcurrency, Items: [1, 2], ItemProcessor: inner } })).toEqual([
      'map-concurrency Each',
    ]);
  });
});
