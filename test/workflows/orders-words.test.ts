import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { CALLBACK_ERRORS } from '../../lambdas/approvals/contracts/names';
import { saga } from './orders-machine';

const lambdas = path.resolve(__dirname, '../../lambdas');
const errorFiles = [
  'orders/contracts/errors.ts',
  'shared/idempotency/step-fenced.ts',
  'shared/idempotency/step-in-progress.ts',
  'shared/approvals/approval-mismatch.ts',
  'shared/validation/invalid-input.ts',
];
const errorNames = errorFiles.flatMap((file) =>
  [...readFileSync(path.join(lambdas, file), 'utf8').matchAll(/readonly name = '(\w+)'/g)].map(([, name]) => name),
);
const callbackErrors: readonly string[] = Object.values(CALLBACK_ERRORS);
const kebab = (name: string) => name.replace(/(?<!^)[A-Z]/g, '-$&').toLowerCase();

describe('the words of the order saga', () => {
  it('are error names that a function throws, or that AWS gives', () => {
    const states = Object.values(saga.States);
    const matched = states.flatMap(({ Retry, Catch }) => [...((Retry as any[]) ?? []), ...(Catch ?? [])]);
    const ours = new Set(
      matched.flatMap(({ ErrorEquals }) => ErrorEquals as string[]).filter((name) => !name.includes('.')),
    );
    expect(ours.size).toBeGreaterThan(5);
    expect([...ours].filter((name) => ![...errorNames, ...callbackErrors].includes(name as string))).toEqual([]);
  });

  it('are names of functions that have a handler file', () => {
    const invoking = Object.entries(saga.States).filter(([, state]) =>
      String(state.Resource).endsWith('lambda:invoke'),
    );
    expect(invoking).toHaveLength(5);
    for (const [name] of invoking) {
      expect([name, existsSync(path.join(lambdas, 'orders/handlers', `${kebab(name)}.ts`))]).toEqual([name, true]);
    }
  });
});
