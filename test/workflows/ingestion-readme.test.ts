import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import * as errors from '../../lambdas/ingestion/contracts/errors';
import { allStates } from '../../lib/constructs/workflow-definition';
import { documentMachine, ingestionFolder, loadMachine } from './ingestion-machine';
import { mermaidDiagram, withDiagrams } from './mermaid-diagram';

const readme = readFileSync(path.join(ingestionFolder, 'README.md'), 'utf8');
const lambdas = path.resolve(__dirname, '../../lambdas/ingestion');
const states = [documentMachine, loadMachine].flatMap(allStates);
const kebab = (name: string) => name.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase();

describe('the README of the ingestion workflows', () => {
  it('shows the definitions as they are (npx tsx test/workflows/write-diagram.ts writes them)', () => {
    expect(withDiagrams(readme, mermaidDiagram(documentMachine), mermaidDiagram(loadMachine))).toBe(readme);
  });

  it('speaks of every state', () => {
    const prose = readme.replace(/```mermaid[\s\S]*?```/g, '');
    expect(states.map(([name]) => name).filter((name) => !prose.includes(`\`${name}\``))).toEqual([]);
  });
});

describe('the words of the ingestion workflows', () => {
  it('are error names that a function throws, or that AWS gives', () => {
    const matched = states.flatMap(([, { Retry, Catch }]) => [...((Retry as any[]) ?? []), ...(Catch ?? [])]);
    const ours = new Set(
      matched.flatMap(({ ErrorEquals }) => ErrorEquals as string[]).filter((name) => !name.includes('.')),
    );
    expect(ours.size).toBeGreaterThan(5);
    expect([...ours].filter((name) => !Object.hasOwn(errors, name))).toEqual([]);
  });

  it('are names of functions that have a handler file', () => {
    const invoking = states.filter(([, state]) => String(state.Resource).endsWith('lambda:invoke'));
    expect(new Set(invoking.map(([name]) => name)).size).toBe(10);
    for (const [name] of invoking) {
      expect([name, existsSync(path.join(lambdas, 'handlers', `${kebab(name)}.ts`))]).toEqual([name, true]);
    }
  });
});
