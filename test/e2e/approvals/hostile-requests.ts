import type { ApprovalStacks, Asked, Invitation } from '../../support/approvals/approval-stacks';
import { type RawAnswer, RawClient } from '../../support/approvals/raw-request';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const EVIL = 'evil.example';

/** Cases on a deployment that somebody else starts and stops. */
export function hostileRequests(shared: () => ApprovalStacks): void {
  describe('the page, asked by strangers', () => {
    let stacks: ApprovalStacks;
    let client: RawClient;
    let asked: Asked & Invitation;
    let form: string;
    let untouched: object;
    beforeAll(async () => {
      stacks = shared();
      client = new RawClient(stacks.outputs.ApprovalsApiUrl!);
      asked = await stacks.invite();
      await stacks.settled(asked.requestId);
      const { payloadHash } = await stacks.request(asked.requestId);
      form = new URLSearchParams({ act: 'decide', decision: 'approve', payloadHash, code: asked.code }).toString();
      untouched = await rows();
    });
    beforeEach(() => stacks.leap(2_000));
    afterAll(() => client?.close());

    const rows = async () => ({ request: await stacks.row(asked.requestId), link: await stacks.linkRow(asked.linkId) });
    const post = (headers: Record<string, string>, body: string | Buffer = form): Promise<RawAnswer> =>
      client.send(`/a/${asked.linkId}`, { method: 'POST', headers, body });

    it.each<[string, Record<string, string>]>([
      ['another site', { origin: `https://${EVIL}`, 'sec-fetch-site': 'cross-site' }],
      ['another site, of which the browser says nothing more', { origin: `https://${EVIL}` }],
      ['a frame without an origin', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
      ['a client without an origin, for which no browser vouches', { origin: 'null' }],
      ['a sibling host', { 'sec-fetch-site': 'same-site' }],
      ['an address bar', { 'sec-fetch-site': 'none' }],
      ['a header of two values', { 'sec-fetch-site': 'same-origin, cross-site' }],
      ['an origin with a path', { origin: `http://127.0.0.1/${EVIL}` }],
      ['an origin that only begins like the page', { origin: `http://127.0.0.1.${EVIL}` }],
      ['an origin that is empty', { origin: '' }],
    ])('rejects a form with the true code from %s', async (_from, headers) => {
      const answer = await post({ ...FORM, ...headers });
      expect(answer.status).toBe(403);
      expect(JSON.stringify(answer)).not.toContain(EVIL);
      expect(await rows()).toEqual(untouched);
    });

    it.each<[string, number, Record<string, string>, string | Buffer | undefined]>([
      ['JSON', 415, { 'content-type': 'application/json' }, '{"act":"decide","decision":"approve"}'],
      ['plain text', 415, { 'content-type': 'text/plain' }, undefined],
      ['no content type', 415, {}, undefined],
      ['a multipart form', 415, { 'content-type': 'multipart/form-data; boundary=x' }, '--x--'],
      ['another charset', 415, { 'content-type': 'application/x-www-form-urlencoded; charset=utf-7' }, undefined],
      ['an empty body', 400, FORM, ''],
      ['a field twice', 400, FORM, 'act=decide&act=revoke'],
      ['a field that the page has not', 400, FORM, 'act=decide&payloadHash=x&admin=true'],
      ['a field of the prototype', 400, FORM, 'act=decide&payloadHash=x&__proto__=1'],
      ['a NUL in the reason', 400, FORM, 'act=decide&payloadHash=x&reason=a%00b'],
      ['CR and LF in the address of a colleague', 400, FORM, 'act=delegate&to=a@b.example%0d%0aBcc:c@d.example'],
      ['70 KB', 413, FORM, `act=decide&payloadHash=x&reason=${'x'.repeat(70_000)}`],
      ['1 MB', 413, FORM, 'x'.repeat(1_000_000)],
      ['1 MB of bytes that are no text', 413, FORM, Buffer.alloc(1_000_000, 0xff)],
      ['20,000 fields', 413, FORM, Array.from({ length: 20_000 }, (_, index) => `f${index}=`).join('&')],
    ])('rejects %s with %i and leaves everything as it was', async (_what, status, headers, body) => {
      expect((await post(headers, body)).status).toBe(status);
      expect(await rows()).toEqual(untouched);
    });

    it('answers nothing that a Host or a forwarding header says', async () => {
      const games: Record<string, string>[] = [
        { host: EVIL },
        { host: `${EVIL}:80` },
        { 'x-forwarded-host': EVIL },
        { forwarded: `host=${EVIL};proto=https` },
        { 'x-forwarded-proto': EVIL, 'x-forwarded-for': EVIL, 'x-forwarded-port': EVIL },
        { 'x-original-url': `/${EVIL}`, 'x-rewrite-url': `/${EVIL}` },
        { referer: `https://${EVIL}/`, cookie: EVIL, 'user-agent': EVIL, 'accept-language': EVIL },
      ];
      for (const headers of games) {
        for (const path of [`/a/${asked.linkId}`, '/a/unknown', `/a/${asked.linkId}?next=https://${EVIL}`]) {
          const answer = await client.send(path, { headers });
          expect([200, 404]).toContain(answer.status);
          expect(JSON.stringify(answer)).not.toContain(EVIL);
        }
        const wrong = await post({ ...FORM, ...headers }, 'act=decide&payloadHash=x&code=');
        expect(JSON.stringify(wrong)).not.toContain(EVIL);
      }
      expect(await rows()).toEqual(untouched);
    });

    it('sends links to its own address, whatever host it was asked under', async () => {
      const { payloadHash } = await stacks.request(asked.requestId);
      const fields = { act: 'delegate', to: 'dora@example.com', code: asked.code, payloadHash };
      const handed = await post(
        { ...FORM, host: EVIL, 'x-forwarded-host': EVIL },
        new URLSearchParams(fields).toString(),
      );
      expect(handed.status).toBe(200);
      const { url } = await stacks.invitation(asked.requestId, 'dora@example.com');
      expect(url.startsWith(`${stacks.outputs.ApprovalsApiUrl}/a/`)).toBe(true);
      expect(JSON.stringify(await stacks.mails())).not.toContain(EVIL);
    });

    it('has the same protecting headers on every answer of its own', async () => {
      const answers = await Promise.all([
        client.send(`/a/${asked.linkId}`),
        client.send('/a/unknown'),
        post({ 'content-type': 'text/plain' }),
        post({ ...FORM, origin: `https://${EVIL}` }),
        post(FORM, 'x'.repeat(70_000)),
      ]);
      for (const { headers } of answers) {
        expect(headers).toMatchObject({
          'cache-control': 'no-store',
          'referrer-policy': 'no-referrer',
          'x-content-type-options': 'nosniff',
          'content-security-policy': expect.stringMatching(
            /^default-src 'none'; style-src 'sha256-[^;]+'; form-action 'self'; frame-ancestors 'none'/,
          ),
        });
        expect(headers['set-cookie']).toBeUndefined();
        expect(headers.location).toBeUndefined();
      }
    });
  });
}
