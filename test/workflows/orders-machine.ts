import path from 'node:path';
import { readDefinition, startingAt } from '../../lib/constructs/workflow-definition';
import { type RunResult, runMachine } from '../support/run-machine';
import { substituted } from './substituted';
import type { Answers } from './workflow-cases';

/** The folder of the orders workflow. */
export const ordersFolder = path.resolve(__dirname, '../../statemachines/orders');

/** The definition file as it is, placeholders and all. */
export const saga = readDefinition(path.join(ordersFolder, 'saga.asl.json'));

/** An execution's input as start-orders makes it. */
export const orderInput = {
  orderId: 'o-1',
  owner: 'events',
  currency: 'EUR',
  totalCents: 2500,
  lines: [
    { sku: 'CUP', quantity: 2, unitPriceCents: 1000 },
    { sku: 'TEA', quantity: 1, unitPriceCents: 500 },
  ],
  customer: { name: 'Ann', email: 'ann@example.com' },
  correlationId: 'c-1',
  placedAt: '2026-11-20T10:00:00.000Z',
};

/** The ARN of an order's execution, as the harness has it. */
export const executionId = 'arn:aws:states:us-east-1:000000000000:execution:machine:run';

/** What a step answers when all is well. */
const results: Readonly<Record<string, unknown>> = {
  FindReservation: { Item: { reservation: { S: 'held' }, executionId: { S: executionId } } },
  FindEnd: { Attributes: { status: { S: 'OrderConfirmed' } } },
  ChargePayment: { Payload: { paymentId: 'pay-1' } },
  AskApproval: { decision: 'approved', requestId: 'r-1', payloadHash: 'hash-1' },
  ShipOrder: { Payload: { shipmentId: 'ship-1' } },
};

/** Runs the saga, or its undo from `startAt` on, on simulated time. */
export function runOrder(
  answers: Answers,
  run: { input?: object; startAt?: string; seed?: number } = {},
): Promise<RunResult> {
  const input = run.input ?? orderInput;
  return runMachine(substituted(startingAt(saga, run.startAt ?? saga.StartAt)), {
    input,
    seed: run.seed,
    contextOverrides: {
      Execution: { Id: executionId, Input: input, StartTime: '2026-11-20T10:00:01.000Z', Name: 'o-1' },
    },
    tasks: ({ stateName, attempt }) => {
      const given = answers[stateName] ?? [];
      return given[Math.min(attempt, given.length - 1)] ?? { result: results[stateName] ?? {} };
    },
  });
}
