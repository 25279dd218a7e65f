import { objectionsTo } from './support/arrows';
import { cyclesIn, type Import, importsOf, sourceFiles } from './support/import-graph';

const files = sourceFiles();
const imports = files.flatMap((file) => importsOf(file));

describe('the arrows between rooms', () => {
  it('are looked at in every room', () => {
    for (const room of ['bin/', 'lib/', 'lambdas/', 'local/engine/', 'local/services/', 'local/wire/']) {
      expect(imports.filter((item) => item.from.startsWith(room)).length).toBeGreaterThan(5);
    }
  });

  it('are only those that may exist', () => {
    expect(imports.flatMap(objectionsTo)).toEqual([]);
  });

  it('form no cycle', () => {
    expect(cyclesIn(imports)).toEqual([]);
  });

  it.each([
    ['bin/commands/demo.ts', 'local/wire/gateway.ts'],
    ['lib/constructs/task-function.ts', 'lambdas/orders/domain/order.ts'],
    ['lambdas/orders/domain/order.ts', '@aws-sdk/client-dynamodb'],
    ['lambdas/orders/domain/order.ts', 'lambdas/orders/adapters/ledger.ts'],
    ['local/services/sqs/store.ts', 'lib/stages/stage.ts'],
    ['local/services/sqs/store.ts', 'local/services/lambda/store.ts'],
    ['local/engine/states/pass.ts', 'local/services/sqs/store.ts'],
    ['local/engine/states/pass.ts', 'local/kernel/clock.ts'],
    ['local/engine/states/pass.ts', 'node:http'],
  ])('rejects %s → %s', (from, to) => {
    const planted: Import = { from, to, isPackage: !to.endsWith('.ts'), isTypeOnly: false };
    expect(objectionsTo(planted)).not.toEqual([]);
  });

  it('finds a cycle that is there', () => {
    const edge = (from: string, to: string): Import => ({ from, to, isPackage: false, isTypeOnly: false });
    expect(cyclesIn([edge('a', 'b'), edge('b', 'c'), edge('c', 'a')])).toEqual([['a', 'b', 'c', 'a']]);
  });
});
