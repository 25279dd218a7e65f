import fc from 'fast-check';
import { payloadRows } from '../../../../../lambdas/approvals/adapters/wording/payload-rows';
import { visibleLine, visibleText } from '../../../../../lambdas/approvals/adapters/wording/visible-text';
import type { RequestView } from '../../../../../lambdas/approvals/domain/page-service';
import { shapeOf, textOf } from './html-shape';
import { decidedView, linkTo, sampleView } from './sample-views';
import { APPROVAL, servedPage } from './served-page';

/** Strings made of what breaks pages: marks of HTML, breaks, turned and hidden characters, halves of pairs. */
const hostile = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '&',
      '&lt;',
      '\r',
      '\n',
      '\u0000',
      '\u202E',
      '\u200B',
      '\uD800',
      '\u2028',
      '`',
      '${',
    ),
    fc.constantFrom(
      '</style>',
      '</title>',
      '<script>alert(1)</script>',
      '<!--',
      ']]>',
      '-->',
      '</textarea>',
      ' onload=x ',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }),
  ),
});

/** The same page with other people's words in it. */
function viewWith(text: () => string): RequestView {
  const reason = text();
  return decidedView(
    'approved',
    { by: text(), reason, payload: { [text()]: text() }, isEdited: true },
    {
      ...sampleView,
      title: text(),
      description: text(),
      requesterName: text(),
      ruleInWords: text(),
      answers: [{ ...sampleView.answers[0]!, person: text(), reason }],
    },
  );
}

const pendingWith = (text: () => string): RequestView => ({
  ...viewWith(text),
  status: 'pending',
  decision: undefined,
  waitingFor: [text(), text()],
  payload: { [text()]: { [text()]: [text()] } },
  editable: { other: { label: text(), type: 'choice', choices: [''] } },
});

describe('what people wrote', () => {
  it.each([
    ['a pending request', pendingWith],
    ['a request that has ended', viewWith],
  ])('never changes the elements of the page of %s', async (_name, make) => {
    const shape = async (view: RequestView, person: string) =>
      shapeOf((await servedPage(linkTo(view, { person })).ask('GET')).html);
    const plain = await shape(
      make(() => 'x'),
      'x',
    );
    expect(plain.length).toBeGreaterThan(50);
    await fc.assert(
      fc.asyncProperty(fc.infiniteStream(hostile), async (words) => {
        const next = () => words.next().value as string;
        expect(await shape(make(next), next())).toEqual(plain);
      }),
      { numRuns: 100 },
    );
  });

  it('never changes the elements of a page that gives back what was typed', async () => {
    const wrong = { link: linkTo(), outcome: { kind: 'code-wrong', attemptsLeft: 2 } } as const;
    const shape = async (fields: Record<string, string>) => {
      const { post } = servedPage(linkTo(), wrong);
      const { status, html } = await post(fields);
      return status === 400 ? undefined : shapeOf(html);
    };
    const plain = await shape({ ...APPROVAL, reason: 'x' });
    await fc.assert(
      fc.asyncProperty(hostile, async (reason) => {
        const answer = await shape({ ...APPROVAL, reason });
        if (answer) expect(answer).toEqual(plain);
      }),
      { numRuns: 100 },
    );
  });

  it('stands on the page in full, escaped', async () => {
    const title = `</style></title><script>alert('1')</script> "&amp;" 👩‍💻 é`;
    const word = 'w'.repeat(10_240);
    const view = { ...sampleView, title, payload: { ...sampleView.payload, word } };
    const { html } = await servedPage(linkTo(view)).ask('GET');
    expect(textOf(html)).toContain(title);
    expect(html).toContain(word);
    expect(html).not.toContain('<script');
  });

  it('shows its hidden characters wherever it stands', async () => {
    const hidden = 'a\u202Eb\u200Bc';
    const answers = [{ ...sampleView.answers[0]!, person: hidden, reason: hidden }];
    const view = { ...sampleView, title: hidden, description: hidden, requesterName: hidden, answers };
    const { html } = await servedPage(linkTo(view, { person: hidden })).ask('GET');
    expect(html).not.toMatch(/[\u202E\u200B]/);
    // The window's title, the heading, who asks, why, who answered and with which reason, who looks.
    expect(html.match(/a‹U\+202E›b‹U\+200B›c/g)).toHaveLength(7);
  });

  it('does not pass for the page’s own state when it is made to look escaped', async () => {
    const forged = { isEscaped: true, toString: () => '<script>' };
    const { html } = await servedPage(linkTo({ ...sampleView, payload: { forged } as any })).ask('GET');
    expect(shapeOf(html)).not.toContain('script');
  });
});

describe('visibleText', () => {
  it.each([
    ['a right-to-left override', 'a\u202Eb', 'a‹U+202E›b'],
    ['isolates', '\u2066a\u2069', '‹U+2066›a‹U+2069›'],
    ['zero-width space and joiner', 'a\u200Bb\u200Dc', 'a‹U+200B›b‹U+200D›c'],
    ['a byte order mark and a soft hyphen', '\uFEFFa\u00AD', '‹U+FEFF›a‹U+00AD›'],
    ['tags', 'a\u{E0041}', 'a‹U+E0041›'],
    ['half a pair', 'a\uD83Db', 'a‹U+D83D›b'],
    ['controls', 'a\u0000\u001B[1m\u0085', 'a‹U+0000›‹U+001B›[1m‹U+0085›'],
    ['line separators', 'a\u2028b', 'a‹U+2028›b'],
    ['a filler that looks like nothing', '\u3164', '‹U+3164›'],
    ['a selector after a letter', 'a\uFE0F', 'a‹U+FE0F›'],
    ['line breaks of all kinds', 'a\r\nb\rc\nd\te', 'a\nb\nc\nd\te'],
    ['emoji, which keep their joiners', '👩‍💻 ❤️ 👍🏽 1️⃣', '👩‍💻 ❤️ 👍🏽 1️⃣'],
    ['Hebrew and Arabic, which may turn', 'שלום مرحبا', 'שלום مرحبا'],
  ])('shows %s', (_name, text, shown) => {
    expect(visibleText(text)).toBe(shown);
  });

  it('leaves one line of a text', () => {
    expect(visibleLine('a\r\nb\rc\td')).toBe('a ⏎ b ⏎ c d');
  });
});

describe('payloadRows', () => {
  const shown = (payload: Record<string, unknown>) => payloadRows(payload).map(({ path, text }) => `${path}=${text}`);

  it('shows nested values by their path', () => {
    expect(shown({ a: { b: [1, { c: 'x' }] }, d: [], e: {}, f: null, g: true })).toEqual([
      'a › b › #1=1',
      'a › b › #2 › c=x',
      'd=(empty list)',
      'e=(empty object)',
      'f=(null)',
      'g=true',
    ]);
  });

  it.each([
    [{ a: '1' }, { a: 1 }],
    [{ a: '-1.5e3' }, { a: -1500 }],
    [{ a: 'true' }, { a: true }],
    [{ a: 'null' }, { a: null }],
    [{ a: '(null)' }, { a: null }],
    [{ a: '' }, { a: '""' }],
    [{ a: '(empty list)' }, { a: [] }],
    [{ a: ' x' }, { a: 'x' }],
    [{ 'a › b': 1 }, { a: { b: 1 } }],
    [{ a: { '#1': 1 } }, { a: [1] }],
    [{ '': 1 }, { '""': 1 }],
  ])('tells %j from %j', (one, other) => {
    expect(shown(one)).not.toEqual(shown(other));
  });

  it('shows members that are named like parts of objects', () => {
    expect(shown(JSON.parse('{"__proto__":{"x":1},"constructor":2,"toString":"y"}'))).toEqual([
      '__proto__ › x=1',
      'constructor=2',
      'toString=y',
    ]);
  });
});
