/** Owns mistakes that are planted on purpose, each in one module of approvals or of the store; the search must find each. */
import type { ApprovalRequest } from '../../../../lambdas/approvals/domain/request';

/** A mistake. Modules are named from this folder's parent, where the test stands. */
export interface Mutation {
  readonly name: string;
  readonly module: string;
  /** The module with the mistake in it. */
  readonly change: (real: any) => object;
  /** Where it is found. */
  readonly scenario: string;
  readonly faults?: number;
  /** What the search says. */
  readonly finds: RegExp;
}

const DOMAIN = '../../../lambdas/approvals/domain';
const STORE = './world/store-steps';

const withStep = (name: string, make: (step: any) => any) => (real: any) => ({
  ...real,
  STORE_STEPS: { ...real.STORE_STEPS, [name]: make(real.STORE_STEPS[name]) },
});

export const MUTATIONS: readonly Mutation[] = [
  {
    name: 'a write without the condition on the version',
    module: STORE,
    change: withStep('save', (save) => (world: any, write: any) => {
      const { auditRows, link } = write;
      const rows = world.auditRows.filter(({ seq }: any) => auditRows.every((row: any) => row.seq !== seq));
      return save({ ...world, auditRows: rows }, { before: world.request, after: write.after, auditRows, link });
    }),
    scenario: 'approve and reject at once',
    finds: /version|decision|audit/,
  },
  {
    name: 'audit rows that are not written with the request',
    module: STORE,
    change: withStep('save', (save) => (world: any, write: any) => save(world, { ...write, auditRows: [] })),
    scenario: 'two right clicks',
    finds: /audit chain does not hold/,
  },
  {
    name: 'attempts that are not reserved',
    module: STORE,
    change: withStep('reserveAttempt', () => (world: any) => ({ world, value: { kind: 'reserved', attempts: 1 } })),
    scenario: 'seven wrong codes',
    finds: /wrong codes/,
  },
  {
    name: 'a decision without its callback',
    module: `${DOMAIN}/transitions/decide`,
    change: (real) => ({
      ...real,
      decide: (...args: unknown[]) => {
        const change = real.decide(...args);
        return { ...change, effects: change.effects.filter(({ kind }: any) => kind !== 'callback') };
      },
    }),
    scenario: 'two right clicks',
    finds: /still waits/,
  },
  {
    name: 'a callback before the decision is written',
    module: `${DOMAIN}/change-request`,
    change: (real) => ({
      ...real,
      changeRequest: async (props: any, requestId: string, rule: any) => {
        const before = await props.store.find(requestId);
        const { change } = before ? rule(before, props.clock.now()) : { change: undefined };
        if (before?.status === 'pending' && change?.request.status === 'approved') {
          await props.callback.succeed('token-0', { decision: 'approved', payload: change.request.decision.payload });
        }
        return real.changeRequest(props, requestId, rule);
      },
    }),
    scenario: 'two right clicks',
    finds: /before a decision is written/,
  },
  {
    name: 'effects that are never ticked off',
    module: `${DOMAIN}/transitions/effects-done`,
    change: (real) => ({ ...real, effectsDone: () => undefined }),
    scenario: 'the sweeper and the stream',
    finds: /effects are left|never come to rest/,
  },
  {
    name: 'one effect that is forgotten when others are ticked off',
    module: `${DOMAIN}/transitions/effects-done`,
    change: (real) => ({
      ...real,
      effectsDone: (request: ApprovalRequest, results: Map<string, string>, now: number) => {
        const every = new Map(request.effects.map(({ id }) => [id, results.get(id) ?? 'dropped']));
        return real.effectsDone(request, every, now);
      },
    }),
    scenario: 'two right clicks',
    faults: 1,
    finds: /still waits|callback|not told|no link/,
  },
  {
    name: 'an end that is one millisecond late',
    module: `${DOMAIN}/transitions/expire`,
    change: (real) => ({
      ...real,
      isOverdue: ({ status, expiresAt }: ApprovalRequest, now: number) => status === 'pending' && now > expiresAt,
    }),
    scenario: 'a click in the last moment',
    finds: /after the end/,
  },
  {
    name: 'an end that is one millisecond early',
    module: `${DOMAIN}/transitions/expire`,
    change: (real) => ({
      ...real,
      isOverdue: ({ status, expiresAt }: ApprovalRequest, now: number) => status === 'pending' && now >= expiresAt - 1,
    }),
    scenario: 'a click in the last moment',
    finds: /before its time/,
  },
  {
    name: 'links whose number is not looked at',
    module: `${DOMAIN}/link`,
    change: (real) => ({
      ...real,
      isLinkAlive: ({ closedLinks }: ApprovalRequest, { person, isClosed }: any) =>
        !isClosed && !closedLinks.includes(person),
    }),
    scenario: 'a seat that goes away and comes back',
    finds: /replaced link acts/,
  },
  {
    name: 'links that stay open whatever was typed',
    module: `${DOMAIN}/link`,
    change: (real) => ({
      ...real,
      isLinkAlive: ({ generations }: ApprovalRequest, { person, generation }: any) =>
        generations[person] === generation,
    }),
    scenario: 'five wrong codes and the right one',
    finds: /closed link acts/,
  },
  {
    name: 'a later attempt whose token is not kept',
    module: `${DOMAIN}/transitions/ask-again`,
    change: (real) => ({ ...real, askAgain: () => undefined }),
    scenario: 'a later attempt while it is decided',
    finds: /waits for ever/,
  },
  {
    name: 'effects that keep their id when they are due again',
    module: `${DOMAIN}/change`,
    change: (real) => ({
      ...real,
      sealChange: (...args: unknown[]) => {
        const { after, auditRows } = real.sealChange(...args);
        const effects = after.effects.map((effect: any) => ({
          ...effect,
          id: `${effect.kind} ${effect.mail} ${effect.to}`,
        }));
        return { after: { ...after, effects }, auditRows };
      },
    }),
    scenario: 'a later attempt while it is decided',
    finds: /still waits|waits for ever/,
  },
  {
    name: 'an escalation after a bounce that sets no wake',
    module: `${DOMAIN}/transitions/undeliverable`,
    change: (real) => ({
      ...real,
      undeliverable: (...args: unknown[]) => {
        const change = real.undeliverable(...args);
        return change && { ...change, effects: change.effects.filter(({ kind }: any) => kind !== 'wake') };
      },
    }),
    scenario: 'a bounce that nobody answers',
    finds: /no schedule wakes/,
  },
  {
    name: 'a carry-out that mails links before it writes them',
    module: STORE,
    change: withStep('putLink', () => (world: any) => ({ world })),
    scenario: 'the same ask twice at once',
    finds: /opens nothing/,
  },
  {
    name: 'a sweeper that looks at nothing',
    module: STORE,
    change: withStep('due', () => (world: any) => ({ world, value: { requestIds: [] } })),
    scenario: 'two right clicks',
    faults: 1,
    finds: /sweeper leaves effects/,
  },
];
