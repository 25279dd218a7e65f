import path from 'node:path';
import { readDefinition } from '../../lib/constructs/workflow-definition';
import { type RunResult, runMachine } from '../support/run-machine';
import { executionId } from './orders-machine';
import { substituted } from './substituted';
import type { Answers } from './workflow-cases';

/** The folder of the machines that ask. */
export const approvalsFolder = path.resolve(__dirname, '../../statemachines/approvals');

/** The definition file as it is, placeholders and all. */
export const expense = readDefinition(path.join(approvalsFolder, 'expense.asl.json'));

/** An execution's input. */
export const expenseInput = {
  expenseId: 'e-1',
  amountCents: 12_000,
  currency: 'EUR',
  purpose: 'Train tickets',
  requester: { name: 'Ann', email: 'ann@example.com' },
};

const { requester: _, ...payload } = expenseInput;

/** What a step answers when all is well. */
const results: Readonly<Record<string, unknown>> = {
  AskApproval: {
    decision: 'approved',
    requestId: 'r-1',
    payload,
    payloadHash: 'hash-1',
    isEdited: false,
    answers: [],
    decidedAt: '2026-11-20T11:00:00.000Z',
  },
};

/** Runs the expense machine on simulated time. */
export function runExpense(answers: Answers, input: object = expenseInput): Promise<RunResult> {
  return runMachine(substituted(expense), {
    input,
    contextOverrides: { Execution: { Id: executionId, Input: input } },
    tasks: ({ stateName, attempt }) => {
      const given = answers[stateName] ?? [];
      return given[Math.min(attempt, given.length - 1)] ?? { result: results[stateName] ?? {} };
    },
  });
}
