import { readFileSync } from 'node:fs';
import path from 'node:path';
import { definitionFindings } from '../../lib/checks/workflow-checks';
import { allStates, placeholders } from '../../lib/constructs/workflow-definition';
import { mermaidDiagram, withDiagrams } from './mermaid-diagram';
import { quoteInput, quoteMachine, quotesFolder, runQuote } from './quote-machine';
import { expectCase, readCases } from './workflow-cases';

const cases = readCases(quotesFolder);

describe('the quote machine', () => {
  it.each(cases)('%s', async (_title, workflowCase) => {
    expectCase(await runQuote(workflowCase.answers, workflowCase.input), workflowCase);
  });

  it('passes every check as an Express machine whose caller waits, and no others', () => {
    const names = placeholders(quoteMachine);
    expect(definitionFindings(quoteMachine, names, { isExpress: true, isAnswered: true })).toEqual([]);
    const rules = definitionFindings(quoteMachine, names, { isExpress: true }).map(({ rule }) => rule);
    expect(rules).toEqual(['failure-route', 'failure-route']);
  });

  it('quotes one line as it quotes many', async () => {
    const { output } = await runQuote({}, { ...quoteInput, lines: [{ sku: 'lamp', quantity: 3 }] });
    expect(output.lines).toEqual([
      { sku: 'lamp', quantity: 3, unitPriceCents: 2500, lineTotalCents: 7500, availability: 'InStock' },
    ]);
    expect(output.totalCents).toBe(7500);
  });

  it('reads each product once, and tells the carrier where and what', async () => {
    const { calls } = await runQuote({});
    const asked = Object.fromEntries(calls.map(({ stateName, parameters }) => [stateName, parameters]));
    expect(asked.ReadProducts.RequestItems['${StockTable}'].Keys).toEqual([
      { sku: { S: 'lamp' } },
      { sku: { S: 'desk' } },
    ]);
    expect(asked.EstimateDelivery.Payload).toEqual({ lines: quoteInput.lines, destination: quoteInput.destination });
  });

  it.each([
    [10, 5 + 5 + 5],
    [7, 5 + 5 + 5],
    [3, 3 + 1 + 1],
    [0, 1 + 1 + 1],
  ])('gives its steps, of %i s that are left, at most %i s and the waits between them', async (left, most) => {
    const deadline = new Date(Date.parse(quoteInput.deadline) - 10_000 + left * 1000).toISOString();
    const { seconds } = await runQuote({ EstimateDelivery: [{ silent: true }] }, { ...quoteInput, deadline });
    expect(seconds).toBeLessThanOrEqual(most + 3);
  });
});

describe('the README of the quote machine', () => {
  const readme = readFileSync(path.join(quotesFolder, 'README.md'), 'utf8');

  it('shows the definition as it is (npx tsx test/workflows/write-diagram.ts writes it)', () => {
    expect(withDiagrams(readme, mermaidDiagram(quoteMachine))).toBe(readme);
  });

  it('speaks of every state', () => {
    const prose = readme.replace(/```mermaid[\s\S]*?```/, '');
    expect(allStates(quoteMachine).filter(([name]) => !prose.includes(`\`${name}\``))).toEqual([]);
  });
});
