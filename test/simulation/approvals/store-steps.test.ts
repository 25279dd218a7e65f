import * as fc from 'fast-check';
import type { ApprovalRequest } from '../../../lambdas/approvals/domain/request';
import { createMemoryRequestStore } from '../../support/approvals/memory-request-store';
import { message, REQUEST_ID } from './world/actors';
import { runAlone } from './world/moves';
import { ASK } from './world/scenarios';
import { emptyWorld, type World } from './world/state';
import { STORE_STEPS } from './world/store-steps';

const HASHES = ['one', 'two'];
const NOW = Date.UTC(2026, 0, 5, 8);

const hash = fc.constantFrom(...HASHES);
const call = fc.oneof(
  fc.record({ method: fc.constant('save'), version: fc.integer({ min: 0, max: 3 }), isRowNew: fc.boolean(), hash }),
  fc.record({ method: fc.constantFrom('find', 'due') }),
  fc.record({ method: fc.constantFrom('putLink', 'reserveAttempt', 'giveBackAttempt', 'findLink', 'close'), hash }),
);

/** The arguments of a call, as far as they are the store's business. */
function argumentsOf(made: any, request: ApprovalRequest): [string, unknown[]] {
  const { method, hash, version } = made;
  const before = version > 0 ? { ...request, version } : undefined;
  const after = { ...request, version: (version ?? 1) + 1 };
  const seq = made.isRowNew ? 10 + version : 1;
  switch (method) {
    case 'save':
      return [
        'save',
        [{ before, after, auditRows: [{ requestId: REQUEST_ID, seq }], link: { hash, change: 'reset' } }],
      ];
    case 'close':
      return ['save', [{ before: request, after, auditRows: [], link: { hash, change: 'close' } }]];
    case 'find':
      return ['find', [REQUEST_ID]];
    case 'due':
      return ['due', [{ queue: 'effects', before: NOW + 1, limit: 10 }]];
    case 'putLink':
      return [
        'putLink',
        [{ hash, requestId: REQUEST_ID, person: 'p', role: 'approver', generation: 1, codeHash: 'c' }],
      ];
    default:
      return [method, [hash, NOW]];
  }
}

describe('the store of the search', () => {
  it('answers every row of calls as the store in memory does', async () => {
    const { request } = (await runAlone(emptyWorld(NOW), message('ask', ASK))).world;
    await fc.assert(
      fc.asyncProperty(fc.array(call, { maxLength: 25 }), async (calls) => {
        const store: any = createMemoryRequestStore();
        let world: World = emptyWorld(NOW);
        for (const made of calls) {
          const [method, args] = argumentsOf(made, world.request ?? request!);
          const expected = await store[method](...args).catch(() => 'rejected');
          let value: unknown = 'rejected';
          try {
            ({ world, value } = STORE_STEPS[method]!(world, ...args) as { world: World; value: unknown });
          } catch {}
          expect(JSON.parse(JSON.stringify({ value }))).toEqual(JSON.parse(JSON.stringify({ value: expected })));
        }
        expect(Object.fromEntries(store.links)).toEqual(world.links);
        expect(store.auditRows(REQUEST_ID).length).toBe(world.auditRows.length);
      }),
      { numRuns: 300, seed: 1 },
    );
  });
});
