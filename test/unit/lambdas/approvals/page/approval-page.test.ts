import { createHash } from 'node:crypto';
import type { ActResult, LinkView } from '../../../../../lambdas/approvals/domain/page-service';
import { textOf } from './html-shape';
import { decidedView, linkTo, requesterLink, sampleView } from './sample-views';
import { APPROVAL, CODE, servedPage } from './served-page';

const closed: LinkView = { kind: 'dead', why: 'closed' };
const replaced: LinkView = { kind: 'dead', why: 'replaced' };

describe('looking at a link', () => {
  it.each<[string, LinkView, number, string]>([
    ['a request', linkTo(), 200, 'Refund order 20-4711'],
    ['a request of others', linkTo(sampleView, { can: [], whyNot: 'answered' }), 200, 'You have answered'],
    ['a later turn', linkTo(sampleView, { can: [], whyNot: 'not-your-turn' }), 200, 'Not your turn yet'],
    ['an end that nobody wrote yet', linkTo(sampleView, { can: [] }), 200, 'The time is over'],
    ['a requester', requesterLink(), 200, 'Withdraw the request'],
    ['an approval', linkTo(decidedView('approved')), 200, 'Approved by  carla@example.com'],
    ['a rejection', linkTo(decidedView('rejected', { reason: 'No photos.' })), 200, 'No photos.'],
    ['an expiry', linkTo(decidedView('expired')), 200, 'Expired'],
    ['a withdrawal', linkTo(decidedView('revoked')), 200, 'Withdrawn by'],
    ['an operator', linkTo(decidedView('revoked', { by: 'arn:aws:sts::1:assumed-role/Ops/eve' })), 200, 'operator eve'],
    ['an unknown link', { kind: 'unknown' }, 404, 'This link opens nothing'],
    ['a closed link', closed, 410, 'This link is closed'],
    ['a replaced link', replaced, 410, 'This link was replaced'],
    ['a replaced link after the end', { ...replaced, view: decidedView('approved') }, 410, 'What was approved'],
  ])('shows %s', async (_name, link, status, text) => {
    const { ask, acts } = servedPage(link);
    const answer = await ask('GET');
    expect(answer.status).toBe(status);
    expect(textOf(answer.html)).toContain(text);
    expect(acts).toEqual([]);
  });

  it('shows everything that is to be decided', async () => {
    const text = textOf((await servedPage(linkTo()).ask('GET')).html).replace(/\s+/g, ' ');
    for (const part of [
      'Anna Berg',
      'Photos are in the ticket.',
      'customer › zip "50667"',
      'tags (empty list)',
      'Friday 2026-03-06, 14:05 UTC',
      '2 of 3 approvers decide',
      'ben@example.com approved Tuesday 2026-03-03, 14:06 UTC',
      'carla@example.com has not answered yet',
      'c2Ft cGxl LWhh c2gt b2Yt dGhl LXBh eWxv YWQt MDEy MzQ',
      'Reference 4FQK2A',
    ]) {
      expect(text).toContain(part);
    }
  });

  it('shows nothing of a request behind a dead link that nothing is decided about', async () => {
    const { html } = await servedPage(replaced).ask('GET');
    expect(html).not.toContain('20-4711');
  });

  it('answers HEAD as GET, without a body', async () => {
    for (const link of [linkTo(), closed, { kind: 'unknown' } as const]) {
      const { ask } = servedPage(link);
      const [get, head] = [await ask('GET'), await ask('HEAD')];
      expect(head.html).toBe('');
      expect([head.status, head.headers]).toEqual([get.status, get.headers]);
    }
  });

  it('makes no choice and fills in no code', async () => {
    const { html } = await servedPage(linkTo()).ask('GET');
    expect(html).not.toContain(' checked');
    expect(html).toMatch(
      /<input class="code" type="text" name="code" (?![^>]*value=)[^>]*autocomplete="one-time-code"/,
    );
    expect(html).toContain('inputmode="numeric"');
  });

  it('offers only what the person may do', async () => {
    const { html } = await servedPage(linkTo(sampleView, { can: ['reject'] })).ask('GET');
    expect(html).toContain('value="reject"');
    expect(html).not.toContain('value="approve"');
    expect(html).not.toContain('value="delegate"');
  });

  it('shows what an approver changed', async () => {
    const view = { ...sampleView, editable: { amount: { label: 'Amount', type: 'number' } as const } };
    const decided = decidedView('approved', { isEdited: true, payload: { ...view.payload, amount: 900 } }, view);
    const { html } = await servedPage(linkTo(decided)).ask('GET');
    expect(html).toContain('<bdi>900</bdi> <span class="tag">was</span> <del><bdi>1250.5</bdi></del>');
  });
});

describe('answering', () => {
  const approved = linkTo(decidedView('approved'));
  const answered = linkTo(sampleView, { can: [], whyNot: 'answered' });

  it.each<[string, ActResult, number, string]>([
    [
      'an approval that decides',
      { link: approved, outcome: { kind: 'done' } },
      200,
      'the request is decided: approved',
    ],
    ['an approval among others', { link: answered, outcome: { kind: 'done' } }, 200, 'still being waited for'],
    [
      'an answer after the decision',
      { link: approved, outcome: { kind: 'decided-before' } },
      200,
      'It was decided before',
    ],
    ['no code', { link: linkTo(), outcome: { kind: 'code-missing' } }, 422, 'Type the six digits'],
    [
      'a wrong code',
      { link: linkTo(), outcome: { kind: 'code-wrong', attemptsLeft: 3 } },
      403,
      '3 more attempts are left',
    ],
    [
      'the last but one',
      { link: linkTo(), outcome: { kind: 'code-wrong', attemptsLeft: 1 } },
      403,
      'One more attempt is',
    ],
    [
      'the fifth wrong code',
      { link: closed, outcome: { kind: 'code-wrong', attemptsLeft: 0 } },
      403,
      'This link is closed',
    ],
    ['another payload', { link: linkTo(), outcome: { kind: 'payload-changed' } }, 409, 'no longer what you were shown'],
    ['what is not theirs', { link: linkTo(), outcome: { kind: 'refused' } }, 403, 'This is not yours to do'],
    [
      'a late answer',
      { link: linkTo(decidedView('expired')), outcome: { kind: 'expired' } },
      410,
      'The time to answer is over',
    ],
    ['many at once', { link: linkTo(), outcome: { kind: 'busy' } }, 503, 'Send yours again'],
    ['a link replaced meanwhile', { link: replaced, outcome: { kind: 'refused' } }, 410, 'This link was replaced'],
    ['a link gone meanwhile', { link: { kind: 'unknown' }, outcome: { kind: 'refused' } }, 404, 'opens nothing'],
  ])('answers %s', async (_name, result, status, text) => {
    const { post, acts } = servedPage(linkTo(), result);
    const answer = await post(APPROVAL);
    expect(acts).toEqual([{ kind: 'approve', code: CODE, payloadHash: sampleView.payloadHash }]);
    expect(answer.status).toBe(status);
    expect(textOf(answer.html)).toContain(text);
    expect(answer.headers['retry-after']).toBe(status === 503 ? '1' : undefined);
  });

  it('names what the service finds wrong, by its field', async () => {
    const faults = [{ field: 'to', detail: 'must not be the person who asks' }];
    const { post } = servedPage(linkTo(), { link: linkTo(), outcome: { kind: 'invalid', faults } });
    const { status, html } = await post({ act: 'delegate', to: 'eve@example.com', code: CODE });
    expect(status).toBe(422);
    expect(html).toContain('<a href="#delegate-to">Your colleague must not be the person who asks.</a>');
    expect(html).toMatch(/id="delegate-to" aria-describedby="delegate-to-hint delegate-to-fault" aria-invalid="true"/);
    expect(html).toContain('value="eve@example.com"');
    expect(html).toContain('<details open>');
  });

  it('hands on, and says to whom', async () => {
    const { post, acts } = servedPage(linkTo(), { link: replaced, outcome: { kind: 'done' } });
    const { status, html } = await post({ act: 'delegate', to: ' eve@example.com ', code: CODE });
    expect(acts).toEqual([{ kind: 'delegate', code: CODE, to: 'eve@example.com' }]);
    expect([status, html.includes('<bdi>eve@example.com</bdi>')]).toEqual([200, true]);
  });

  it('withdraws, with or without a reason', async () => {
    const result = { link: requesterLink(decidedView('revoked')), outcome: { kind: 'done' } } as const;
    const { post, acts } = servedPage(requesterLink(), result);
    expect(textOf((await post({ act: 'revoke', code: CODE, reason: '' })).html)).toContain('You withdrew the request');
    await post({ act: 'revoke', code: CODE, reason: 'Wrong order' });
    expect(acts).toEqual([
      { kind: 'revoke', code: CODE },
      { kind: 'revoke', code: CODE, reason: 'Wrong order' },
    ]);
  });

  it.each<[string, LinkView, number, string]>([
    ['a decided one', approved, 200, 'It was decided before'],
    ['an expired one', linkTo(decidedView('expired')), 410, 'The time to answer is over'],
  ])('tells how %s ended when the form lacks something, without an act', async (_name, link, status, text) => {
    const { post, acts } = servedPage(link);
    const answer = await post({ act: 'decide', payloadHash: 'old' });
    expect([answer.status, acts]).toEqual([status, []]);
    expect(textOf(answer.html)).toContain(text);
  });

  it('leaves it to the service to say that an answer comes too late', async () => {
    const expired = linkTo(decidedView('expired'));
    const { post, acts } = servedPage(expired, { link: expired, outcome: { kind: 'expired' } });
    expect([(await post(APPROVAL)).status, acts.length]).toEqual([410, 1]);
  });

  it('says that a first answer stands while others are waited for', async () => {
    const { post } = servedPage(answered, { link: answered, outcome: { kind: 'decided-before' } });
    const { status, html } = await post(APPROVAL);
    expect([status, textOf(html).includes('Your first answer stands')]).toEqual([200, true]);
  });

  it('keeps what was typed, but neither the code nor, for another payload, the choice', async () => {
    const typed = { ...APPROVAL, decision: 'reject', reason: 'Not <b>this</b>' };
    const wrong = servedPage(linkTo(), { link: linkTo(), outcome: { kind: 'code-wrong', attemptsLeft: 4 } });
    const { html } = await wrong.post(typed);
    expect(html).toContain('Not &lt;b&gt;this&lt;/b&gt;</textarea>');
    expect(html).toMatch(/value="reject" required checked/);
    expect(html).not.toContain(CODE);
    const changed = servedPage(linkTo(), { link: linkTo(), outcome: { kind: 'payload-changed' } });
    expect((await changed.post(typed)).html).not.toContain(' checked');
  });

  it('answers 503 without a word of the cause when the service breaks', async () => {
    const { post, lines } = servedPage(linkTo(), new Error(`secret ${CODE}`));
    const answer = await post(APPROVAL);
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '1']);
    expect(answer.html + lines.join()).not.toMatch(/secret|482913/);
    expect(answer.headers['content-security-policy']).toContain("default-src 'none'");
  });
});

describe('every answer', () => {
  it('carries the headers that keep the page to itself, and no cookie', async () => {
    const { ask, post } = servedPage(linkTo());
    const answers = [
      await ask('GET'),
      await ask('GET', '/a/other'),
      await ask('PUT'),
      await ask('GET', '/'),
      await post(APPROVAL),
      await post('x=1'),
      await post(APPROVAL, { origin: 'https://evil.example' }),
    ];
    for (const { headers, html, ...rest } of answers) {
      const style = createHash('sha256')
        .update(/<style>([^<]*)<\/style>/.exec(html)![1]!)
        .digest('base64');
      expect(headers).toEqual({
        'content-type': 'text/html; charset=utf-8',
        'content-security-policy': `default-src 'none'; style-src 'sha256-${style}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'`,
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'x-robots-tag': 'noindex',
        'strict-transport-security': expect.stringMatching(/^max-age=\d{8}/),
        'permissions-policy': expect.stringContaining('camera=()'),
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-resource-policy': 'same-origin',
      });
      expect(rest).not.toHaveProperty('cookies');
      expect(html).not.toMatch(/<script|style="|https?:|evil\.example|\son[a-z]+=/);
    }
  });

  it('logs what happened and of which request, and nothing that was sent or shown', async () => {
    const wrong = { link: linkTo(), outcome: { kind: 'code-wrong', attemptsLeft: 4 } } as const;
    const { ask, post, lines, counted } = servedPage(linkTo(), wrong);
    await ask('GET');
    await post({ ...APPROVAL, reason: 'a reason' });
    await post({ act: 'delegate', to: 'eve@example.com', code: CODE });
    expect(lines).toHaveLength(3);
    expect(JSON.parse(lines[1]!)).toMatchObject({
      requestId: sampleView.requestId,
      status: 403,
      outcome: 'code-wrong',
    });
    expect(lines.join()).not.toMatch(/AbCdEfGh|482913|example\.com|Refund|reason"|a reason/);
    expect(counted).toEqual(['ApprovalCodeWrong', 'ApprovalCodeWrong']);
  });
});
