import path from 'node:path';
import { readDefinition } from '../../lib/constructs/workflow-definition';
import { type RunResult, runMachine } from '../support/run-machine';
import { substituted } from './substituted';
import type { Answers } from './workflow-cases';

/** The folder of the fan-out. */
export const fanOutFolder = path.resolve(__dirname, '../../statemachines/fan-out');

/** The definition file as it is, placeholders and all. */
export const deliverEvent = readDefinition(path.join(fanOutFolder, 'deliver-event.asl.json'));

/** The ARN of a run, as the harness has it. */
export const runArn = 'arn:aws:states:us-east-1:000000000000:express:machine:run:1';

/** An execution's input as the rule makes it. */
export const eventInput = {
  event: {
    eventId: 'o-1:OrderConfirmed',
    type: 'OrderConfirmed',
    source: 'stepwright.orders',
    detail: {
      eventId: 'o-1:OrderConfirmed',
      orderId: 'o-1',
      status: 'OrderConfirmed',
      totalCents: 2500,
      currency: 'EUR',
      occurredAt: '2026-11-20T10:00:00.000Z',
    },
  },
};

/** What a target answers when all is well. */
const results: Readonly<Record<string, unknown>> = {
  MailCustomer: { Payload: { status: 'delivered', providerId: 'mail-1' } },
  CallWebhook: { Payload: { status: 'delivered' } },
};

/** Runs the machine on simulated time. */
export function runDelivery(answers: Answers, input: object = eventInput): Promise<RunResult> {
  return runMachine(substituted(deliverEvent), {
    input,
    type: 'EXPRESS',
    contextOverrides: { Execution: { Id: runArn, Input: input, StartTime: '2026-11-20T10:00:01.000Z' } },
    tasks: ({ stateName, attempt }) => {
      const given = answers[stateName] ?? [];
      return given[Math.min(attempt, given.length - 1)] ?? { result: results[stateName] ?? {} };
    },
  });
}
