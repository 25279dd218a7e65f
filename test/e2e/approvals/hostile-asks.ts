import type { ApprovalStacks } from '../../support/approvals/approval-stacks';

const HTML = '"><script>alert(1)</script><img src=x onerror=alert(1)><a href="https://evil.example">';
const TURNED = 'pay\u202Egpj.exe\u2066\u200B\uFEFF';
const HEADERS = '\r\nBcc: evil@evil.example\r\n\r\n<html>';

/** Elements that neither the page nor a mail has. */
const FOREIGN = new Set(['script', 'img', 'iframe', 'svg', 'object', 'embed', 'link', 'base', 'video', 'math']);

/** Cases on a deployment that somebody else starts and stops. */
export function hostileAsks(shared: () => ApprovalStacks): void {
  describe('an ask with tricks in it', () => {
    let stacks: ApprovalStacks;
    beforeAll(() => {
      stacks = shared();
    });
    beforeEach(() => stacks.leap(2_000));

    /** Whether HTML has no element or attribute of a stranger's, and no hidden character in its text. */
    function expectHarmless(html: string): void {
      const tags = html.match(/<[^>]*>/g) ?? [];
      const names = new Set(tags.map((tag) => /^<[!/]?([a-z0-9]+)/i.exec(tag)?.[1]?.toLowerCase() ?? tag));
      expect([...names].filter((name) => FOREIGN.has(name) || !/^[a-z][a-z0-9]*$/.test(name))).toEqual([]);
      const attributes = tags.map((tag) => tag.replace(/"[^"]*"/g, '""'));
      expect(attributes.filter((tag) => /\son\w+=|'|`/i.test(tag))).toEqual([]);
      expect(tags.filter((tag) => /\s(href|src|action)="(?!http:\/\/127\.0\.0\.1:\d+\/a\/)/.test(tag))).toEqual([]);
      expect(html.replace(/<[^>]*>/g, '')).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B\uFEFF]/);
    }

    it.each<[string, Record<string, unknown>]>([
      ['the title', { title: HTML }],
      ['the description', { description: `${HTML}\n${TURNED}` }],
      ["the requester's name", { requester: { name: `${HTML.slice(0, 150)}${TURNED}`, email: 'anna@example.com' } }],
      ['values', { payload: { note: HTML, other: [TURNED, { deep: HEADERS }] } }],
      ['names of members', { payload: { [HTML]: 1, [TURNED]: { [HEADERS]: 2 } } }],
      [
        'labels and choices',
        {
          payload: { size: 'a' },
          editable: { size: { type: 'choice', label: HTML.slice(0, 80), choices: ['a', HTML, TURNED] } },
        },
      ],
    ])('shows %s as text, on the page and in the mails', async (_where, changes) => {
      const { requestId, linkId } = await stacks.invite(changes);
      await stacks.settled(requestId);
      const page = await stacks.page(`/a/${linkId}`);
      expect(page.status).toBe(200);
      expectHarmless(page.body);
      const mails = await stacks.mails(requestId);
      expect(mails.map(({ tags }) => tags.kind).sort()).toEqual(['ask', 'opened']);
      for (const { to, subject, html, text, headers } of mails) {
        expectHarmless(html);
        expect(to).toHaveLength(1);
        expect(JSON.stringify([subject, headers])).not.toContain('evil');
        expect(subject).not.toMatch(/[\r\n]/);
        // Nothing that a stranger wrote can pass for a line of ours.
        expect(text.split('\n').filter((line) => /evil|Bcc/.test(line) && !line.startsWith('  | '))).toEqual([]);
      }
    });

    it.each<[string, Record<string, unknown>]>([
      ['CR and LF in the title', { title: `Laptop${HEADERS}` }],
      ['CR and LF in the name', { requester: { name: `Anna${HEADERS}` } }],
      ['CR and LF in an address', { approvers: [`ben@example.com${HEADERS}`] }],
      ['a display name', { approvers: ['Ben <ben@example.com>'] }],
      ['two addresses in one', { approvers: ['ben@example.com,evil@evil.example'] }],
      ['a line separator in the title', { title: 'Lap\u2028top' }],
      ['half a character', { title: 'Laptop \uD800' }],
      ['a control character in the description', { description: 'a\u0000b' }],
      ['an unknown field', { priority: 'high' }],
      ['a title of 121 characters', { title: 'x'.repeat(121) }],
      ['a payload of 33 KB', { payload: { text: 'x'.repeat(33 * 1024) } }],
      ['a payload that is nested 20 times', { payload: nested(20) }],
      ['an expiry after seconds', { expiresInSeconds: 1 }],
      ['nobody but the requester', { approvers: ['anna@example.com'] }],
    ])('is refused with %s: its task fails, and nobody is mailed', async (_what, changes) => {
      const { requestId, executionArn } = await stacks.ask(changes);
      const ended = await stacks.ended(executionArn);
      expect(ended).toMatchObject({ status: 'FAILED', error: 'ApprovalInvalid' });
      expect(ended.cause).not.toMatch(/evil|Laptop|x{100}/);
      expect(await stacks.row(requestId)).toBeUndefined();
      expect(await stacks.mails(requestId)).toEqual([]);
    });

    it('shows the tricks of the form as text too, where others read them', async () => {
      const { executionArn, requestId, ...invitation } = await stacks.invite();
      const answer = await stacks.decide(invitation, 'reject', { reason: `${HTML}\r\n${TURNED}` });
      expect(answer.status).toBe(200);
      expectHarmless(answer.body);
      expect(await stacks.ended(executionArn)).toMatchObject({ error: 'ApprovalRejected' });
      await stacks.settled(requestId);
      const outcomes = (await stacks.mails(requestId)).filter(({ tags }) => tags.kind === 'outcome');
      expect(outcomes).toHaveLength(2);
      for (const { html, text } of outcomes) {
        expectHarmless(html);
        expect(text.split('\n').filter((line) => /evil/.test(line) && !line.startsWith('  | '))).toEqual([]);
      }
      expect(stacks.warnings).toEqual([]);
    });
  });
}

function nested(levels: number): object {
  return levels === 0 ? {} : { in: nested(levels - 1) };
}
