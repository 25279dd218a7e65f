import path from 'node:path';
import { readDefinition } from '../../lib/constructs/workflow-definition';
import { type RunResult, runMachine } from '../support/run-machine';
import { substituted } from './substituted';
import type { Answers } from './workflow-cases';

/** The folder of the quote machine. */
export const quotesFolder = path.resolve(__dirname, '../../statemachines/quotes');

/** The definition file as it is, placeholders and all. */
export const quoteMachine = readDefinition(path.join(quotesFolder, 'quote.asl.json'));

/** A run's input, with ten seconds to go. */
export const quoteInput = {
  lines: [
    { sku: 'lamp', quantity: 2 },
    { sku: 'desk', quantity: 1 },
  ],
  destination: { country: 'DE', postalCode: '10115' },
  deadline: '2026-01-01T00:00:10.000Z',
};

/** What a step answers when all is well. */
const results: Readonly<Record<string, unknown>> = {
  ReadProducts: {
    Responses: {
      '${StockTable}': [
        { sku: { S: 'desk' }, unitPriceCents: { N: '19900' }, onHand: { N: '1' } },
        { sku: { S: 'lamp' }, unitPriceCents: { N: '2500' }, onHand: { N: '7' } },
      ],
    },
    UnprocessedKeys: {},
  },
  EstimateDelivery: { Payload: { isServed: true, deliveryDate: '2026-01-05' }, StatusCode: 200 },
};

/** Runs the quote machine as an Express execution on simulated time. */
export function runQuote(answers: Answers, input: object = quoteInput): Promise<RunResult> {
  return runMachine(substituted(quoteMachine), {
    input,
    type: 'EXPRESS',
    contextOverrides: { Execution: { Input: input } },
    tasks: ({ stateName, attempt }) => {
      const given = answers[stateName] ?? [];
      return given[Math.min(attempt, given.length - 1)] ?? { result: results[stateName] ?? {} };
    },
  });
}
