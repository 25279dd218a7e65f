import { readFileSync } from 'node:fs';
import path from 'node:path';
import { definitionFindings } from '../../lib/checks/workflow-checks';
import { placeholders } from '../../lib/constructs/workflow-definition';
import { approvalsFolder, expense, expenseInput, runExpense } from './expense-machine';
import { mermaidDiagram, withDiagrams } from './mermaid-diagram';
import { expectCase, readCases } from './workflow-cases';

const cases = readCases(approvalsFolder);
const { requester, ...payload } = expenseInput;

describe('the expense machine', () => {
  it.each(cases)('%s', async (_title, workflowCase) => {
    expectCase(await runExpense(workflowCase.answers, workflowCase.input), workflowCase);
  });

  it('has a case for every state', async () => {
    const walked = new Set<string>();
    for (const [, { answers, input }] of cases)
      for (const state of (await runExpense(answers, input)).path) walked.add(state);
    expect([...walked].sort()).toEqual(Object.keys(expense.States).sort());
  });

  it('passes every check', () => {
    expect(definitionFindings(expense, placeholders(expense))).toEqual([]);
  });

  it('asks for what the input says, of which the amount may be lowered', async () => {
    const { calls } = await runExpense({});
    const asked = calls.find(({ stateName }) => stateName === 'AskApproval');
    expect(asked?.parameters.MessageBody).toEqual({
      approvers: ['ann@example.com'],
      expiresInSeconds: 3600,
      kind: 'ask',
      version: 1,
      requestKey: expect.stringMatching(/:run\/AskApproval\/\d{4}-/),
      attempt: 0,
      taskToken: asked?.taskToken,
      askedAt: expect.stringMatching(/^\d{4}-.*Z$/),
      title: 'Expense e-1: 120.00 EUR',
      requester,
      payload,
      editable: { amountCents: { type: 'integer', label: 'Amount in cents', minimum: 1, maximum: 12_000 } },
    });
  });

  it('records what was approved, and not what was asked for', async () => {
    const [, approvedForLess] = cases.find(([title]) => title.includes('for less'))!;
    const { calls } = await runExpense(approvedForLess.answers);
    const { Item } = calls.find(({ stateName }) => stateName === 'RecordExpense')!.parameters;
    expect(Item).toMatchObject({ amountCents: { N: '9000' }, requestId: { S: 'r-1' }, payloadHash: { S: 'hash-2' } });
  });
});

describe('the README of the machines that ask', () => {
  const readme = readFileSync(path.join(approvalsFolder, 'README.md'), 'utf8');

  it('shows the definition as it is (npx tsx test/workflows/write-diagram.ts writes it)', () => {
    expect(withDiagrams(readme, mermaidDiagram(expense))).toBe(readme);
  });

  it('speaks of every state', () => {
    const prose = readme.replace(/```mermaid[\s\S]*?```/, '');
    expect(Object.keys(expense.States).filter((name) => !prose.includes(`\`${name}\``))).toEqual([]);
  });
});
