import { verifyChain } from '../../../../bin/commands/audit/verify-chain';
import { createCarryOut } from '../../../../lambdas/approvals/domain/carry-out';
import { createSweepApprovals } from '../../../../lambdas/approvals/domain/sweep-approvals';
import { ASK, createApprovalsRoom } from '../../../support/approvals/approvals-room';

const BEN = 'ben@example.com';

/** Calls of ports in the order in which they come; the one with the number `crashAt` never comes back. */
function crashing(room: ReturnType<typeof createApprovalsRoom>, crashAt: number, when: 'before' | 'after') {
  let calls = 0;
  const guarded = <T extends object>(port: T): T =>
    new Proxy(port, {
      get: (target, name) => {
        const call = Reflect.get(target, name);
        if (typeof call !== 'function') return call;
        return async (...given: unknown[]) => {
          const isTheOne = calls++ === crashAt;
          if (isTheOne && when === 'before') return new Promise(() => {});
          const answer = await call.apply(target, given);
          return isTheOne ? new Promise(() => {}) : answer;
        };
      },
    });
  const { vault, links, mailer, callback, timer, pageUrl } = room.parts;
  const carryOut = createCarryOut({
    ...room.base,
    store: guarded(room.store),
    vault: guarded(vault),
    links: guarded(links),
    mailer: guarded(mailer),
    callback: guarded(callback),
    timer: guarded(timer),
    pageUrl,
  });
  return { carryOut, calls: () => calls };
}

/** Lets everything that does not wait for ever come to its end. */
const settled = async () => {
  for (let turn = 0; turn < 200; turn++) await Promise.resolve();
};

describe('carrying out', () => {
  it.each([['before'], ['after']] as const)('may die %s any call and is made good by the next run', async (when) => {
    for (let crashAt = 0; crashAt < 40; crashAt++) {
      const room = createApprovalsRoom();
      const requestId = await room.open({ approvers: [BEN, 'cleo@example.com'] });
      const links = room.mails.map(({ link }) => link);
      const before = room.mails.length;
      await room.answer(BEN);
      const crashed = crashing(room, crashAt, when);
      void crashed.carryOut(requestId);
      await settled();
      await room.settle(requestId);

      expect(room.answered).toHaveLength(1);
      expect(room.answered[0]).toMatchObject({ taskToken: 'token-0', output: { payload: ASK.payload } });
      const told = room.mails.slice(before).map(({ kind, to }) => `${kind} ${to}`);
      expect([...new Set(told)].sort()).toEqual([
        'outcome anna@example.com',
        `outcome ${BEN}`,
        'outcome cleo@example.com',
      ]);
      const request = room.request(requestId);
      expect(request.effects).toEqual([]);
      expect(['delivered', 'gone']).toContain(request.callback);
      expect(verifyChain(requestId, room.store.auditRows(requestId), request.audit)).toBeUndefined();
      expect(links.every((link) => link !== undefined)).toBe(true);
    }
  });

  it.each([['before'], ['after']] as const)(
    'gives the same link again after it died %s any call of an ask',
    async (when) => {
      for (let crashAt = 0; crashAt < 12; crashAt++) {
        const room = createApprovalsRoom();
        await room.deliver(ASK);
        const [requestId] = [...room.store.requests.keys()] as [string];
        void crashing(room, crashAt, when).carryOut(requestId);
        await settled();
        await room.settle(requestId);
        const links = room.mails.filter(({ to }) => to === BEN).map(({ link }) => link?.url);
        expect(new Set(links).size).toBe(1);
        expect(room.wakes).toHaveLength(1);
        expect((await room.answer(BEN)).outcome).toEqual({ kind: 'done' });
      }
    },
  );

  it('calls back although a mail fails, and sends only that mail again', async () => {
    const room = createApprovalsRoom();
    const requestId = await room.open();
    const before = room.mails.length;
    await room.answer(BEN);
    room.mailFaults.next.push(new Error('throttled'));
    await expect(room.carryOut(requestId)).rejects.toThrow('throttled');
    expect(room.request(requestId)).toMatchObject({ callback: 'delivered', effects: [{ kind: 'mail', to: BEN }] });
    await room.carryOut(requestId);
    expect(room.mails.slice(before).map(({ to }) => to)).toEqual(['anna@example.com', BEN]);
  });

  it('escalates at once when a mail is refused for good', async () => {
    const room = createApprovalsRoom();
    room.mailFaults.refused.add(BEN);
    const requestId = await room.open({ escalation: { afterSeconds: 3600, to: ['chief@example.com'] } });
    expect(room.mails.map(({ kind, to }) => `${kind} ${to}`)).toEqual([
      'opened anna@example.com',
      'escalation chief@example.com',
    ]);
    expect(room.request(requestId).undeliverable).toEqual([BEN]);
    expect((await room.answer('chief@example.com')).outcome).toEqual({ kind: 'done' });
  });

  it('sends no ask for a request that is decided by then', async () => {
    const room = createApprovalsRoom();
    await room.deliver(ASK);
    const [requestId] = [...room.store.requests.keys()] as [string];
    room.clock.time += 86_400_000;
    await room.wake(requestId);
    await room.settle(requestId);
    expect(room.mails.map(({ kind }) => kind)).toEqual(['outcome', 'outcome']);
    expect(room.wakes).toEqual([]);
  });

  it('tells a new task what was decided, also when the old one was told meanwhile', async () => {
    const room = createApprovalsRoom();
    const requestId = await room.open();
    await room.answer(BEN);
    const { callback } = room.parts;
    const retrying = createCarryOut({
      ...room.base,
      ...room.parts,
      callback: {
        ...callback,
        succeed: async (token, output) => {
          await room.deliver({ ...ASK, attempt: 1, taskToken: 'token-1' });
          return callback.succeed(token, output);
        },
      },
    });
    await retrying(requestId);
    await room.settle(requestId);
    expect(room.answered.map(({ taskToken }) => taskToken)).toEqual(['token-0', 'token-1']);
  });

  it('notes a callback that nobody waits for', async () => {
    const room = createApprovalsRoom();
    const requestId = await room.open();
    room.answered.push({ taskToken: 'token-0' });
    await room.answer(BEN);
    await room.settle(requestId);
    expect(room.request(requestId).callback).toBe('gone');
    expect(room.store.auditRows(requestId).map(({ act }) => act)).toContain('CallbackNotTaken');
    expect(room.counts.ApprovalCallbackGone).toBe(1);
  });
});

describe('the sweeper', () => {
  it('carries out and wakes what was left behind, and nothing that is fresh', async () => {
    const room = createApprovalsRoom();
    await room.deliver(ASK);
    const [requestId] = [...room.store.requests.keys()] as [string];
    const sweep = createSweepApprovals({ ...room.base, carryOut: room.carryOut, wake: room.wake });
    const run = () => sweep({ getRemainingTimeInMillis: () => 60_000 });
    room.clock.time += 2 * 60_000;
    await run();
    expect(room.mails).toEqual([]);
    room.clock.time += 1;
    await run();
    expect(room.mails).toHaveLength(2);
    room.clock.time += 86_400_000;
    await run();
    expect(room.request(requestId).status).toBe('expired');
    expect(room.counts.ApprovalSwept).toBe(2);
  });

  it('goes on after one that fails, and then fails itself', async () => {
    const room = createApprovalsRoom();
    await room.deliver(ASK);
    await room.deliver({ ...ASK, requestKey: 'another' });
    room.clock.time += 300_000;
    let calls = 0;
    const carryOut = async (id: string) => {
      if (calls++ === 0) throw new Error('no key');
      await room.carryOut(id);
    };
    const sweep = createSweepApprovals({ ...room.base, carryOut, wake: room.wake });
    await expect(sweep({ getRemainingTimeInMillis: () => 60_000 })).rejects.toThrow('1 approval requests');
    expect(room.mails).toHaveLength(2);
    calls = 5;
    await sweep({ getRemainingTimeInMillis: () => 10_000 });
    expect(room.mails).toHaveLength(2);
  });
});
