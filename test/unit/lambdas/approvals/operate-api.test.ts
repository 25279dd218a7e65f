import { createOperateApi } from '../../../../lambdas/approvals/adapters/operate-api';
import { createApprovalsRoom } from '../../../support/approvals/approvals-room';
import { invocation } from '../../shared/turned-clock';

const OPERATOR = 'arn:aws:sts::123456789012:assumed-role/Operator/olga';
const BEN = 'ben@example.com';

async function asked(changes: Record<string, unknown> = {}) {
  const room = createApprovalsRoom();
  const requestId = await room.open(changes);
  const handler = createOperateApi(room.operate, room.base);
  const call = async (
    routeKey: string,
    { id = requestId, body = undefined as unknown, query = {}, userArn = OPERATOR as string | null } = {},
  ) => {
    const result = await handler(
      {
        routeKey,
        rawPath: routeKey.split(' ')[1]!.replace('{requestId}', id),
        headers: { 'content-type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
        isBase64Encoded: false,
        pathParameters: { requestId: id },
        queryStringParameters: query,
        requestContext: { requestId: 'api-1', authorizer: { iam: { userArn } } },
      },
      invocation(),
    );
    return { status: result.statusCode, body: JSON.parse(result.body ?? 'null'), text: result.body ?? '' };
  };
  return { room, requestId, call };
}

describe('the operators’ API', () => {
  it('lists requests of a status and shows one, without its task token', async () => {
    const { call, requestId } = await asked();
    const list = await call('GET /approvals');
    expect(list.body.approvals).toMatchObject([{ requestId, status: 'pending', waitingFor: [BEN] }]);
    expect((await call('GET /approvals', { query: { status: 'approved' } })).body).toEqual({ approvals: [] });
    const one = await call('GET /approvals/{requestId}');
    expect(one).toMatchObject({
      status: 200,
      body: { requestId, callback: 'none', openedAt: '2026-03-01T09:00:00.000Z' },
    });
    expect(one.text).not.toContain('token');
    expect(one.text).not.toContain('ciphertext');
  });

  it.each([[{ status: 'lost' }], [{ limit: '0' }], [{ limit: '101' }], [{ limit: 'many' }], [{ cursor: 'nonsense' }]])(
    'rejects the query %j',
    async (query) => {
      const { call } = await asked();
      expect(await call('GET /approvals', { query })).toMatchObject({
        status: 422,
        body: { title: 'Invalid parameter' },
      });
    },
  );

  it('reminds those who are waited for', async () => {
    const { room, call, requestId } = await asked();
    expect((await call('POST /approvals/{requestId}/remind')).status).toBe(200);
    await room.settle(requestId);
    expect(room.mails.at(-1)).toMatchObject({ kind: 'reminder', to: BEN });
    expect(room.store.auditRows(requestId).map(({ act, actor }) => [act, actor])).toContainEqual([
      'Reminded',
      OPERATOR,
    ]);
  });

  it('revokes, once, in the operator’s name', async () => {
    const { room, call, requestId } = await asked();
    const route = 'POST /approvals/{requestId}/revoke';
    expect(await call(route, { body: { reason: 'wrong order' } })).toMatchObject({
      status: 200,
      body: { status: 'revoked', decision: { by: OPERATOR, reason: 'wrong order' } },
    });
    expect(await call(route, { body: {} })).toMatchObject({ status: 409, body: { title: 'Approval decided' } });
    await room.settle(requestId);
    expect(room.answered).toMatchObject([{ error: 'ApprovalRevoked', cause: { requestId } }]);
  });

  it('reassigns a seat to anybody who may have it, and the old link is dead', async () => {
    const { room, call, requestId } = await asked();
    const old = room.linkOf(BEN).linkId;
    const route = 'POST /approvals/{requestId}/reassign';
    for (const body of [
      { from: 'stranger@example.com', to: 'dora@other.com' },
      { from: BEN, to: 'anna@example.com' },
      { from: BEN, to: BEN },
      { from: BEN },
      { from: BEN, to: 'nobody' },
    ]) {
      expect((await call(route, { body })).status).toBe(422);
    }
    expect((await call(route, { body: { from: 'Ben@Example.com', to: 'Dora@Other.com' } })).status).toBe(200);
    await room.settle(requestId);
    expect(await room.page.view(old)).toEqual({ kind: 'dead', why: 'replaced' });
    expect((await room.answer('dora@other.com')).outcome).toEqual({ kind: 'done' });
  });

  it('ends a request whose time is up instead of changing it, and shows it as ended before', async () => {
    const { room, call, requestId } = await asked();
    room.clock.time += 86_400_000;
    expect((await call('GET /approvals/{requestId}')).body.status).toBe('expired');
    expect(room.request(requestId).status).toBe('pending');
    expect((await call('POST /approvals/{requestId}/remind')).status).toBe(409);
    expect(room.request(requestId).status).toBe('expired');
  });

  it('knows neither strangers nor other routes nor other ids', async () => {
    const { call } = await asked();
    expect((await call('GET /approvals', { userArn: null })).status).toBe(401);
    expect((await call('DELETE /approvals/{requestId}')).status).toBe(404);
    expect((await call('GET /approvals/{requestId}', { id: 'x'.repeat(27) })).status).toBe(404);
    expect((await call('POST /approvals/{requestId}/remind', { id: '../x' })).status).toBe(404);
  });
});
