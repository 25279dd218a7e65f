import path from 'node:path';
import { readDefinition } from '../../lib/constructs/workflow-definition';
import { type RunResult, runMachine } from '../support/run-machine';
import type { Answers } from './workflow-cases';

/** The folder of the reconciliation. */
export const reconciliationFolder = path.resolve(__dirname, '../../statemachines/orders-reconciliation');

/** The definition file as it is, placeholders and all. */
export const reconciliation = readDefinition(path.join(reconciliationFolder, 'reconcile.asl.json'));

/** What the functions answer when there is nothing to be found. */
const results: Readonly<Record<string, unknown>> = {
  ReconcileOrders: { Payload: { orphansFound: 0, orphansRepaired: 0, isComplete: true } },
  ReconcilePayments: {
    Payload: { orphansFound: 0, orphansRepaired: 0, moneyMismatches: 0, comparedUntil: '2026-11-20T10:00:00.000Z' },
  },
};

/** Runs the reconciliation on simulated time. */
export function runReconciliation(answers: Answers): Promise<RunResult> {
  return runMachine(reconciliation, {
    input: {},
    tasks: ({ stateName, attempt }) => {
      const given = answers[stateName] ?? [];
      return given[Math.min(attempt, given.length - 1)] ?? { result: results[stateName] ?? {} };
    },
  });
}
