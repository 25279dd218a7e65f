import { SeededRandom } from '../../../local/kernel/random';
import type { ApprovalStacks, Asked, Invitation } from '../../support/approvals/approval-stacks';
import { comparable, type RawAnswer, RawClient, type RawRequest } from '../../support/approvals/raw-request';
import { bitFlips, characterChanges, guesses, randomLinkId } from './changed-links';

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };

/** Cases on a deployment that somebody else starts and stops. */
export function unmailedLinks(shared: () => ApprovalStacks): void {
  describe('a link that was never mailed', () => {
    const random = new SeededRandom('links');
    let stacks: ApprovalStacks;
    let client: RawClient;
    let alive: Asked & Invitation;
    let unknown: RawAnswer;
    beforeAll(async () => {
      stacks = shared();
      client = new RawClient(stacks.outputs.ApprovalsApiUrl!);
      alive = await stacks.invite();
      await stacks.settled(alive.requestId);
      unknown = await client.send(`/a/${randomLinkId(random)}`);
    });
    afterAll(() => client?.close());

    /** Sends requests a few at a time, as the stage allows, and gives those whose answer is another. */
    async function others(paths: readonly string[], request: RawRequest = {}, expected = unknown): Promise<string[]> {
      const found: string[] = [];
      for (let sent = 0; sent < paths.length; sent += 50) {
        await stacks.leap(2_000);
        const batch = paths.slice(sent, sent + 50).map(async (path) => {
          const answer = await client.send(path, request);
          if (JSON.stringify(comparable(answer)) !== JSON.stringify(comparable(expected))) found.push(path);
        });
        await Promise.all(batch);
      }
      return found;
    }

    it('is answered with a page that says nothing, while the true one opens', async () => {
      expect(unknown.status).toBe(404);
      expect(unknown.body).toContain('This link opens nothing');
      expect(await others([`/a/${alive.linkId}`])).toEqual([`/a/${alive.linkId}`]);
    });

    it('is answered with the same bytes for each of the 192 bits that may differ', async () => {
      const flips = bitFlips(alive.linkId);
      expect(flips).toHaveLength(192);
      expect(await others(flips.map((id) => `/a/${id}`))).toEqual([]);
    });

    it('is answered with the same bytes for every character that is dropped, doubled, in the other case or another', async () => {
      expect(await others(characterChanges(alive.linkId).map((id) => `/a/${id}`))).toEqual([]);
    });

    it('is answered with the same bytes for guesses, encodings, traversal and 10 KB', async () => {
      expect(await others(guesses(alive.linkId).map((segment) => `/a/${segment}`))).toEqual([]);
    });

    it('is answered with the same bytes for a form with the true code, however near the link', async () => {
      const { payloadHash } = await stacks.request(alive.requestId);
      const fields = { act: 'decide', decision: 'approve', payloadHash, code: alive.code, reason: '' };
      const request = { method: 'POST', headers: FORM, body: new URLSearchParams(fields).toString() };
      const near = [...bitFlips(alive.linkId).slice(0, 20), ...guesses(alive.linkId).slice(0, 30)];
      expect(
        await others(
          [...near, randomLinkId(random)].map((id) => `/a/${id}`),
          request,
        ),
      ).toEqual([]);
      expect((await stacks.request(alive.requestId)).status).toBe('pending');
    });

    it('is answered to HEAD with the same headers, and without a body', async () => {
      const expected = await client.send(`/a/${randomLinkId(random)}`, { method: 'HEAD' });
      expect(expected).toMatchObject({ status: 404, body: '' });
      const { 'content-security-policy': policy, 'cache-control': caching } = unknown.headers;
      expect(expected.headers).toMatchObject({ 'content-security-policy': policy, 'cache-control': caching });
      const paths = [...bitFlips(alive.linkId).slice(0, 20), 'x', '%2e'].map((id) => `/a/${id}`);
      expect(await others(paths, { method: 'HEAD' }, expected)).toEqual([]);
    });

    it.each(['/', '//', '/x', '/../', '/%2e%2e/', '/.', ';/', '%2f/x'])(
      'is not told from a live one by %s behind it, which no route serves',
      async (ending) => {
        const expected = await client.send(`/a/${randomLinkId(random)}${ending}`);
        expect(expected.status).toBe(404);
        expect(
          await others([`/a/${alive.linkId}${ending}`, `/a/${randomLinkId(random)}${ending}`], {}, expected),
        ).toEqual([]);
      },
    );

    it.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('is not told from a live one by %s', async (method) => {
      const expected = await client.send(`/a/${randomLinkId(random)}`, { method });
      expect(expected.status).toBe(404);
      expect(await others([`/a/${alive.linkId}`], { method }, expected)).toEqual([]);
    });

    it('opens nothing with the link of another request, nor its code', async () => {
      const other = await stacks.invite({ title: 'Another thing', approvers: ['carl@example.com'] });
      const page = await stacks.page(`/a/${alive.linkId}`);
      expect(page.body).toContain('Laptop for Anna');
      expect(page.body).not.toContain('Another thing');
      const answer = await stacks.decide({ linkId: alive.linkId, code: other.code }, 'approve');
      expect(answer.status).toBe(403);
      expect((await stacks.request(alive.requestId)).status).toBe('pending');
      expect((await stacks.request(other.requestId)).status).toBe('pending');
    });

    it('says nothing of a malformed form that it would not say of a live one', async () => {
      const forms: RawRequest[] = [
        { method: 'POST', headers: FORM, body: 'act=decide' },
        { method: 'POST', headers: FORM, body: 'act=nonsense&code=1' },
        { method: 'POST', headers: { 'content-type': 'text/plain' }, body: 'x' },
        { method: 'POST', headers: { ...FORM, origin: 'https://evil.example' }, body: 'act=decide' },
        { method: 'POST', headers: FORM, body: `act=decide&reason=${'x'.repeat(70_000)}` },
      ];
      for (const form of forms) {
        const expected = await client.send(`/a/${randomLinkId(random)}`, form);
        expect(expected.status).toBeGreaterThanOrEqual(400);
        expect(await others([`/a/${alive.linkId}`], form, expected)).toEqual([]);
      }
    });

    it('left the live one as it was but for the one wrong code', async () => {
      expect((await stacks.linkRow(alive.linkId)).attempts.N).toBe('1');
      expect(stacks.warnings).toEqual([]);
    });
  });
}
