import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { definitionFindings } from '../../lib/checks/workflow-checks';
import { allStates, placeholders } from '../../lib/constructs/workflow-definition';
import { mermaidDiagram, withDiagrams } from './mermaid-diagram';
import { reconciliation, reconciliationFolder, runReconciliation } from './reconciliation-machine';
import { expectCase, readCases } from './workflow-cases';

const cases = readCases(reconciliationFolder);
const states = allStates(reconciliation).map(([name]) => name);

describe('the reconciliation of orders', () => {
  it.each(cases)('%s', async (_title, workflowCase) => {
    expectCase(await runReconciliation(workflowCase.answers), workflowCase);
  });

  it('has a case for every state', async () => {
    const walked = new Set<string>();
    for (const [, { answers }] of cases) for (const state of (await runReconciliation(answers)).path) walked.add(state);
    expect([...walked].sort()).toEqual([...states].sort());
  });

  it('passes every check', () => {
    expect(definitionFindings(reconciliation, placeholders(reconciliation))).toEqual([]);
  });

  it('tells a person what failed, in the words of every message for review', async () => {
    const { calls } = await runReconciliation({ ReconcileOrders: [{ error: 'Sandbox.Timedout' }] });
    const parked = calls.find(({ stateName }) => stateName === 'ParkReconciliation');
    expect(parked?.parameters.MessageBody).toEqual({
      executionArn: expect.stringContaining(':execution:'),
      failure: { Error: 'Sandbox.Timedout', Cause: '', step: 'ReconcileBooks' },
      undoFailures: [],
    });
  });

  it('has a handler for each function', () => {
    for (const file of ['reconcile-orders', 'reconcile-payments', 'reconcile-payments-stripe']) {
      expect(existsSync(path.resolve(__dirname, `../../lambdas/orders/handlers/${file}.ts`))).toBe(true);
    }
  });
});

describe('the README of the reconciliation', () => {
  const readme = readFileSync(path.join(reconciliationFolder, 'README.md'), 'utf8');

  it('shows the definition as it is (npx tsx test/workflows/write-diagram.ts writes it)', () => {
    expect(withDiagrams(readme, mermaidDiagram(reconciliation))).toBe(readme);
  });

  it('speaks of every state', () => {
    const prose = readme.replace(/```mermaid[\s\S]*?```/, '');
    expect(states.filter((name) => !prose.includes(`\`${name}\``))).toEqual([]);
  });
});
