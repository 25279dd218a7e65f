import { readFileSync } from 'node:fs';
import path from 'node:path';
import { mermaidDiagram, withDiagrams } from './mermaid-diagram';
import { ordersFolder, saga } from './orders-machine';

const readme = readFileSync(path.join(ordersFolder, 'README.md'), 'utf8');

describe('the README of the orders workflow', () => {
  it('shows the definition as it is (npx tsx test/workflows/write-diagram.ts writes it)', () => {
    expect(withDiagrams(readme, mermaidDiagram(saga))).toBe(readme);
  });

  it('speaks of every state', () => {
    const prose = readme.replace(/```mermaid[\s\S]*?```/, '');
    expect(Object.keys(saga.States).filter((name) => !prose.includes(`\`${name}\``))).toEqual([]);
  });

  it('fails once the definition has another arrow', () => {
    const States = { ...saga.States, ConfirmOrder: { ...saga.States.ConfirmOrder, Next: 'OrderConfirmed' } as never };
    expect(withDiagrams(readme, mermaidDiagram({ ...saga, States }))).not.toBe(readme);
  });
});
