import fc from 'fast-check';
import { letterHtml } from '../../../../../lambdas/approvals/adapters/mail/letter-html';
import { letterOf } from '../../../../../lambdas/approvals/adapters/mail/letter-of';
import { letterText } from '../../../../../lambdas/approvals/adapters/mail/letter-text';
import { wrapped } from '../../../../../lambdas/approvals/adapters/mail/wrapped-text';
import type { MailKind } from '../../../../../lambdas/approvals/domain/effect';
import type { RequestView } from '../../../../../lambdas/approvals/domain/page-service';
import { shapeOf, textOf } from '../page/html-shape';
import { decidedView, sampleView } from '../page/sample-views';
import { LINK_URL, sampleMail, WITH_LINK, WITHOUT_LINK } from './sample-mails';

const lettersOf = (kind: MailKind, view?: RequestView) => {
  const letter = letterOf(sampleMail(kind, view));
  return { letter, html: letterHtml(letter), text: letterText(letter) };
};

/** Our own lines of a plain text: those that no one else wrote. */
const ownLines = (text: string) => text.split('\n').filter((line) => !/^ {2}\|( |$)/.test(line));

describe('every mail', () => {
  it.each<[MailKind, RequestView, string, string]>([
    ['ask', sampleView, 'Approval needed · 4FQK2A', 'Your approval is needed'],
    ['reminder', sampleView, 'Reminder: approval needed · 4FQK2A', 'Your answer is still missing'],
    ['escalation', sampleView, 'Approval needed, nobody has answered · 4FQK2A', 'you may decide'],
    ['delegated', sampleView, 'Approval handed on to you · 4FQK2A', 'An approval was handed on to you'],
    ['opened', sampleView, 'Approval asked for · 4FQK2A', 'Your request is on its way'],
    ['link-closed', sampleView, 'Approval link closed · 4FQK2A', 'Your link was closed'],
    ['outcome', decidedView('approved'), 'Request approved · 4FQK2A', 'The request was approved'],
    ['outcome', decidedView('rejected'), 'Request rejected · 4FQK2A', 'It does not go ahead.'],
    ['outcome', decidedView('expired'), 'Request expired · 4FQK2A', 'Nobody decided in time'],
    ['outcome', decidedView('revoked'), 'Request withdrawn · 4FQK2A', 'It was taken back'],
  ])('of the kind %s has its words', (kind, view, subject, words) => {
    const { letter, html, text } = lettersOf(kind, view);
    expect(letter.subject).toBe(subject);
    for (const part of [textOf(html), text]) {
      expect(part).toContain(words);
      expect(part).toContain('Refund order 20-4711');
      expect(part).toContain('Anna Berg');
      expect(part.replace(/\s+/g, ' ')).toContain('tell whoever looks after approvals');
    }
  });

  it('shows what is asked, in HTML and in text', () => {
    const { html, text } = lettersOf('ask');
    for (const part of [textOf(html).replace(/\s+/g, ' '), text.replace(/\s+/g, ' ')]) {
      expect(part).toMatch(/customer › zip:? "50667"/);
      expect(part).toContain('Photos are in the ticket.');
      expect(part).toContain('Friday 2026-03-06, 14:05 UTC');
      expect(part).toContain('2 of 3 approvers decide');
      expect(part).toMatch(/ben@example.com approved, Tuesday 2026-03-03, 14:06 UTC: Looks (\| )?right\./);
      expect(part).toContain('482 913');
      expect(part).toContain(LINK_URL);
      expect(part).toContain('Nobody will ever ask you for the code');
    }
    expect(html).toContain('c2Ft cGxl … tMDE yMzQ');
    expect(text).toContain('c2Ft cGxl LWhh c2gt b2Yt dGhl LXBh eWxv YWQt MDEy MzQ');
  });

  it('shows what was changed', () => {
    const view = { ...sampleView, editable: { amount: { label: 'Amount', type: 'number' } as const } };
    const decision = { isEdited: true, payload: { ...view.payload, amount: 900 }, reason: 'One lamp only.' };
    const { html, text } = lettersOf('outcome', decidedView('approved', decision, view));
    for (const part of [textOf(html), text]) {
      expect(part).toContain('amount: 1250.5 → 900');
      expect(part).toContain('carla@example.com');
      expect(part).toContain('One lamp only.');
    }
  });
});

describe('links and codes', () => {
  it.each(WITH_LINK)('stand once each in %s, and clicks are not tracked', (kind) => {
    const { letter, html, text } = lettersOf(kind);
    expect(html.match(/<a [^>]*>/g)).toEqual([expect.stringMatching(/^<a ses:no-track href="https:/)]);
    expect(html).toContain(`href="${LINK_URL}"`);
    expect(text.split('\n')).toContain(LINK_URL);
    expect(text.split('\n')).toContain('Your code: 482 913');
    expect(letter.subject + letter.preheader).not.toMatch(/482|https/);
  });

  it.each(WITHOUT_LINK)('are not in %s', (kind) => {
    const { html, text } = lettersOf(kind, kind === 'outcome' ? decidedView('approved') : sampleView);
    expect(html).not.toMatch(/<a |https?:/);
    expect(text).not.toMatch(/https?:|code: /);
    expect(text.replace(/\s+/g, ' ')).toContain('This mail holds no link');
  });
});

describe('the HTML', () => {
  it('loads nothing and runs nothing', () => {
    const { html } = lettersOf('ask');
    expect(html).not.toMatch(/<(script|img|link|iframe|form|object|svg)\b|url\(|@import|src=|\son[a-z]+=/i);
    expect(html.match(/https?:/g)).toHaveLength(2);
  });

  it('is readable on phones, in the dark and aloud', () => {
    const { html, letter } = lettersOf('ask');
    expect(html).toContain('<html lang="en">');
    expect(html).toContain(`<title>${letter.subject}</title>`);
    expect(html).toContain('max-width:600px');
    expect(html).toContain('prefers-color-scheme:dark');
    const sizes = [...html.matchAll(/font-size:(\d+)px/g)].map(([, size]) => Number(size));
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(16);
  });
});

describe('a payload that is too large for a mail', () => {
  const payload = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [`n${index}`, 'x'.repeat(1000)]));

  it('is cut short, and says so', () => {
    const { html, text } = lettersOf('ask', { ...sampleView, payload });
    expect(html).toContain('… 20 more: see the page.');
    expect(text).toContain('(20 more on the page)');
    expect(html).toContain(`${'x'.repeat(299)}…`);
    expect(html).not.toContain('x'.repeat(300));
    expect(html).not.toContain('n40');
  });

  it('may also be empty', () => {
    const { html, text } = lettersOf('ask', { ...sampleView, payload: {} });
    expect(html).toContain('Nothing is handed over.');
    expect(text).toContain('(nothing is handed over)');
  });
});

const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '&',
      '\r',
      '\n',
      '\n\n',
      '\u0000',
      '\u0085',
      '\u202E',
      '\u200B',
      '\uD800',
      '\u2028',
      ' ',
    ),
    fc.constantFrom(
      '</style>',
      '<a href="https://evil.example">',
      '<!--',
      'Your code: 111 111',
      '\nhttps://evil.example',
      '  | ',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }),
  ),
});

function viewWith(text: () => string): RequestView {
  const answer = { ...sampleView.answers[0]!, person: text(), reason: text() };
  const name = text();
  const view = {
    ...sampleView,
    title: text(),
    description: text(),
    requesterName: text(),
    ruleInWords: text(),
    payload: { [name]: text() },
    editable: { [name]: { label: text(), type: 'text' } as const },
    answers: [answer, answer],
  };
  return decidedView(
    'approved',
    { by: text(), reason: text(), isEdited: true, payload: { [name]: `${view.payload[name]}!` } },
    view,
  );
}

describe('what people wrote', () => {
  it.each<[MailKind]>([['ask'], ['outcome'], ['link-closed']])('never passes for ours in %s', (kind) => {
    const plain = lettersOf(
      kind,
      viewWith(() => 'x'),
    );
    const shape = shapeOf(plain.html);
    fc.assert(
      fc.property(fc.infiniteStream(hostile), (words) => {
        const { letter, html, text } = lettersOf(
          kind,
          viewWith(() => words.next().value as string),
        );
        expect(letter.subject).toBe(plain.letter.subject);
        expect(letter.preheader).toBe(plain.letter.preheader);
        expect(shapeOf(html)).toEqual(shape);
        expect(ownLines(text)).toEqual(ownLines(plain.text));
        expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cs}\u2028\u202E\u200B]/u);
      }),
      { numRuns: 100 },
    );
  });

  it('never passes for another row or another person’s answer', () => {
    const value = `${'a '.repeat(40)}amount: 1\namount: 2`;
    const reason = `${'a '.repeat(40)}\ndan@example.com approved`;
    const view = { ...sampleView, payload: { note: value }, answers: [{ ...sampleView.answers[0]!, reason }] };
    const { text } = lettersOf('ask', view);
    expect(text).not.toMatch(/^ {2}\| (amount|dan@)/m);
    expect(text).toMatch(/^ {2}\| {5}amount: 2$/m);
  });
});

describe('plain text', () => {
  it('keeps to 76 columns, but for the link', () => {
    const view = { ...sampleView, description: `${'word '.repeat(60)}${'w'.repeat(10_000)}`, title: 't'.repeat(120) };
    const { text } = lettersOf('ask', view);
    const long = text.split('\n').filter((line) => [...line].length > 76);
    expect(long.filter((line) => line !== LINK_URL)).toEqual([]);
    expect(text.replace(/[\s|]/g, '')).toContain('w'.repeat(10_000));
  });

  it('wraps at spaces, and long words anywhere but within a character', () => {
    expect(wrapped('one two three', 7)).toEqual(['one two', 'three']);
    expect(wrapped('', 7)).toEqual(['']);
    expect(wrapped('a 😀😀😀😀', 3)).toEqual(['a', '😀😀😀', '😀']);
  });
});
