import { GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { createDynamoRequestStore } from '../../../../lambdas/approvals/adapters/dynamo-request-store';
import { emptyChain } from '../../../../lambdas/approvals/domain/audit-chain';
import { recorded, sealChange } from '../../../../lambdas/approvals/domain/change';
import { InvalidCursor } from '../../../../lambdas/approvals/domain/invalid-cursor';
import type { ApprovalRequest } from '../../../../lambdas/approvals/domain/request';
import type { RequestStore } from '../../../../lambdas/approvals/domain/request-store';
import { contentHash } from '../../../../lambdas/shared/content-hash';
import { APPROVALS_TABLES, createApprovalsTables } from '../../../support/approvals/approvals-tables';
import { createMemoryRequestStore } from '../../../support/approvals/memory-request-store';

const idOf = (name: string) => name.padEnd(27, '-');

function fresh(name: string, changes: Partial<ApprovalRequest> = {}): ApprovalRequest {
  const requestId = idOf(name);
  const payload = { amount: 1e300, '': [[{ __proto__: null, deep: '\ud800' }]] };
  return {
    requestId,
    status: 'pending',
    title: 'Laptop',
    requester: { name: 'Anna' },
    payload,
    payloadHash: contentHash(payload),
    editable: {},
    rule: { kind: 'anyOf' },
    seats: [{ holders: ['ben@example.com'] }],
    generations: {},
    openedAt: 1_000,
    expiresAt: 90_000,
    remindAt: [],
    closedLinks: [],
    undeliverable: [],
    refusedActions: [],
    token: { ciphertext: 'sealed', attempt: 0 },
    callback: 'none',
    effects: [],
    audit: emptyChain(requestId),
    version: 0,
    ...changes,
  };
}

/** A write of the next version, with one act. */
function written(before: ApprovalRequest, changes: Partial<ApprovalRequest> = {}, now = 2_000) {
  const act = { act: 'Reminded', actor: 'clock', details: { persons: 1 } } as const;
  return sealChange(recorded({ ...before, ...changes }, act), now);
}

async function opened(store: RequestStore, name: string, changes: Partial<ApprovalRequest> = {}) {
  const write = written(fresh(name, changes));
  expect(await store.save(write)).toBe('saved');
  return write.after;
}

const link = {
  hash: 'hash-1',
  requestId: idOf('a'),
  person: 'ben@example.com',
  role: 'approver',
  generation: 1,
  codeHash: 'code-hash',
} as const;

describe.each<[string, () => Promise<RequestStore>]>([
  ['in memory', async () => createMemoryRequestStore()],
  [
    'over DynamoDB',
    async () => createDynamoRequestStore({ client: await createApprovalsTables(), ...APPROVALS_TABLES }),
  ],
])('the request store %s', (_name, create) => {
  let store: RequestStore;
  beforeEach(async () => {
    store = await create();
  });

  it('gives back what was written, whatever the payload holds', async () => {
    const request = await opened(store, 'a');
    const read = await store.find(request.requestId);
    expect(read).toEqual(JSON.parse(JSON.stringify(request)));
    expect(contentHash(read?.payload)).toBe(request.payloadHash);
    expect(await store.find(idOf('other'))).toBeUndefined();
  });

  it('opens a request once', async () => {
    await opened(store, 'a');
    expect(await store.save(written(fresh('a', { title: 'Another' })))).toBe('conflict');
    expect((await store.find(idOf('a')))?.title).toBe('Laptop');
  });

  it('writes only for the version that was read', async () => {
    const before = await opened(store, 'a');
    const [first, second] = await Promise.all([
      store.save({ before, ...written(before, { title: 'First' }) }),
      store.save({ before, ...written(before, { title: 'Second' }) }),
    ]);
    expect([first, second].sort()).toEqual(['conflict', 'saved']);
    expect(await store.find(before.requestId)).toMatchObject({
      version: 2,
      title: first === 'saved' ? 'First' : 'Second',
    });
  });

  it('rejects a write for a version that is not there any more, or not yet', async () => {
    const before = await opened(store, 'a');
    const next = written(before).after;
    expect(await store.save({ before: next, ...written(next) })).toBe('conflict');
    expect(await store.save({ before: fresh('b'), ...written(fresh('b')) })).toBe('conflict');
  });

  it('keeps a link that is there and its attempts', async () => {
    await store.putLink(link, 90_000);
    await store.reserveAttempt(link.hash, 5_000);
    await store.putLink({ ...link, codeHash: 'other' }, 90_000);
    expect(await store.findLink(link.hash)).toEqual({ ...link, attempts: 1, lastAttemptAt: 5_000, isClosed: false });
    expect(await store.findLink('other')).toBeUndefined();
  });

  it('gives five attempts, however many are asked for at once', async () => {
    await store.putLink(link, 90_000);
    const asked = await Promise.all(Array.from({ length: 8 }, (_, index) => store.reserveAttempt(link.hash, index)));
    const reserved = asked.flatMap((one) => (one.kind === 'reserved' ? [one.attempts] : []));
    expect(reserved.sort()).toEqual([1, 2, 3, 4, 5]);
    expect(asked.filter(({ kind }) => kind === 'exhausted')).toHaveLength(3);
    expect(asked.find(({ kind }) => kind === 'exhausted')).toMatchObject({
      link: { ...link, attempts: 5, isClosed: false },
    });
  });

  it('takes attempts back, but never more than there are', async () => {
    await store.putLink(link, 90_000);
    await store.reserveAttempt(link.hash, 1);
    await store.giveBackAttempt(link.hash);
    await store.giveBackAttempt(link.hash);
    expect((await store.findLink(link.hash))?.attempts).toBe(0);
  });

  it('forgets attempts and closes links with the write, and only if it is taken', async () => {
    const before = await opened(store, 'a');
    await store.putLink(link, 90_000);
    await store.reserveAttempt(link.hash, 1);
    const reset = { hash: link.hash, change: 'reset' } as const;
    const stale = { ...before, version: 7 };
    expect(await store.save({ before: stale, ...written(stale), link: reset })).toBe('conflict');
    expect(await store.findLink(link.hash)).toMatchObject({ attempts: 1 });
    const next = written(before);
    expect(await store.save({ before, ...next, link: reset })).toBe('saved');
    expect(await store.findLink(link.hash)).toMatchObject({ attempts: 0, isClosed: false });
    const close = { hash: link.hash, change: 'close' } as const;
    expect(await store.save({ before: next.after, ...written(next.after), link: close })).toBe('saved');
    expect(await store.reserveAttempt(link.hash, 2)).toMatchObject({ kind: 'exhausted', link: { isClosed: true } });
  });

  it('writes nothing when the link is not there', async () => {
    const before = await opened(store, 'a');
    expect(await store.save({ before, ...written(before), link: { hash: 'none', change: 'close' } })).toBe('conflict');
    expect((await store.find(before.requestId))?.version).toBe(1);
  });

  it('lists the requests of a status, the latest first, page by page', async () => {
    for (const [index, name] of ['a', 'b', 'c'].entries()) await opened(store, name, { openedAt: 1_000 + index });
    await opened(store, 'd', { status: 'approved', openedAt: 9_000 });
    const first = await store.list({ status: 'pending', limit: 2 });
    expect(first.requests.map(({ requestId }) => requestId)).toEqual([idOf('c'), idOf('b')]);
    const second = await store.list({ status: 'pending', limit: 2, cursor: first.cursor });
    expect(second.requests.map(({ requestId }) => requestId)).toEqual([idOf('a')]);
    expect(second.cursor).toBeUndefined();
  });

  it.each([['nonsense'], ['e30'], ['']])('rejects the cursor %j', async (cursor) => {
    await expect(store.list({ status: 'pending', limit: 2, cursor })).rejects.toThrow(InvalidCursor);
  });

  it('tells effects that are due and moments that are, the oldest first, and nothing of who is done', async () => {
    const effects = [{ id: '1.0', kind: 'callback' }] as const;
    await opened(store, 'late', { expiresAt: 5_000 });
    await opened(store, 'soon', { expiresAt: 4_000, remindAt: [2_500] });
    await opened(store, 'older', { effects, effectsSince: 1_500 });
    await opened(store, 'newer', { effects, effectsSince: 1_800, status: 'approved' });
    await opened(store, 'done', { status: 'approved', expiresAt: 1 });
    const waiting = (before: number) => store.due({ queue: 'waiting', before, limit: 10 });
    expect((await waiting(5_001)).requestIds).toEqual([idOf('soon'), idOf('late')]);
    expect((await waiting(5_000)).requestIds).toEqual([idOf('soon')]);
    const first = await store.due({ queue: 'effects', before: 9_000, limit: 1 });
    expect(first.requestIds).toEqual([idOf('older')]);
    const second = await store.due({ queue: 'effects', before: 9_000, limit: 1, cursor: first.cursor });
    expect(second.requestIds).toEqual([idOf('newer')]);
  });
});

describe('the rows over DynamoDB', () => {
  it('carry what the stream filter, the indexes and TTL read', async () => {
    const client = await createApprovalsTables();
    const store = createDynamoRequestStore({ client, ...APPROVALS_TABLES });
    const effects = [{ id: '1.0', kind: 'callback' }] as const;
    const before = await opened(store, 'a', { effects, effectsSince: 1_500 });
    const row = async () => {
      const Key = { pk: { S: `request#${before.requestId}` }, sk: { S: 'request' } };
      return (await client.send(new GetItemCommand({ TableName: 'approvals', Key }))).Item;
    };
    expect(await row()).toMatchObject({ effectsDue: { S: 'yes' }, dueQueue: { S: 'effects' }, dueAt: { N: '1500' } });
    expect(await row()).not.toHaveProperty('expiration');
    const ended = written(before, { status: 'expired', effects: [], effectsSince: undefined });
    await store.save({ before, ...ended });
    expect(await row()).toMatchObject({ status: { S: 'expired' }, expiration: { N: String(90 + 400 * 86_400) } });
    for (const name of ['effectsDue', 'dueQueue', 'dueAt']) expect(await row()).not.toHaveProperty(name);
  });

  it('hold each audit row as it was hashed', async () => {
    const client = await createApprovalsTables();
    const store = createDynamoRequestStore({ client, ...APPROVALS_TABLES });
    const first = written(fresh('a'));
    await store.save(first);
    const query = new QueryCommand({
      TableName: 'approval-audit',
      KeyConditionExpression: 'requestId = :id',
      ExpressionAttributeValues: { ':id': { S: idOf('a') } },
    });
    const { Items } = await client.send(query);
    expect(Items).toHaveLength(1);
    expect(Items[0]).toMatchObject({
      seq: { N: '1' },
      act: { S: 'Reminded' },
      details: { M: { persons: { N: '1' } } },
    });
    expect(Items[0].hash.S).toBe(first.after.audit.head);
  });
});
