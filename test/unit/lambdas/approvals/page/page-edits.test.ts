import type { RequestView } from '../../../../../lambdas/approvals/domain/page-service';
import { editableView, linkTo } from './sample-views';
import { APPROVAL, servedPage } from './served-page';

/** The fields of the page's forms as a browser would send them, were nothing touched. */
function fieldsOf(html: string): Record<string, string> {
  const plain = (text: string) =>
    text
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&quot;/g, '"')
      .replace(/&#39;/g, "'")
      .replace(/&amp;/g, '&');
  const asSent = (text: string) =>
    Buffer.from(plain(text))
      .toString()
      .replace(/\r\n?|\n/g, '\r\n');
  const inputs = [...html.matchAll(/<input type="text" name="(edit-\d+)"[^>]* value="([^"]*)"/g)];
  const areas = [...html.matchAll(/<textarea name="(edit-\d+)"[^>]*>\n([^<]*)<\/textarea>/g)];
  const selects = [...html.matchAll(/<select name="(edit-\d+)".*?<option value="([^"]*)" selected/g)];
  return Object.fromEntries([...inputs, ...areas, ...selects].map(([, name, value]) => [name!, asSent(value!)]));
}

const textView = (text: string): RequestView => ({
  ...editableView,
  payload: { text },
  editable: { text: { label: 'Text', type: 'text', maxLength: 500 } },
});

async function approved(view: RequestView, typed: Record<string, string> = {}) {
  const { ask, post, acts } = servedPage(linkTo(view));
  const { html } = await ask('GET');
  const answer = await post({ ...APPROVAL, ...fieldsOf(html), ...typed });
  return { answer, edits: (acts[0] as any)?.edits };
}

describe('values that may be changed', () => {
  it('come back as they went out when nobody touches them', async () => {
    const { edits } = await approved(editableView);
    expect(edits).toEqual({ amount: '1250.5', currency: 'EUR', note: 'in full', notify: 'true' });
  });

  it('come back as they were typed', async () => {
    // Sorted by name: amount, currency, note, notify.
    const typed = { 'edit-0': '900', 'edit-1': 'USD', 'edit-2': 'half\r\nnow', 'edit-3': 'false' };
    const { edits } = await approved(editableView, typed);
    expect(edits).toEqual({ amount: '900', currency: 'USD', note: 'half\nnow', notify: 'false' });
  });

  it.each([
    'two\nlines',
    '\nleading break',
    'windows\r\nbreaks\rand old ones',
    ' spaces ',
    '"quotes" & <tags> \' ',
    'half \uD83D a pair',
    '\u202Eturned\u200B',
    'a tab\tinside',
    '',
    '</textarea><script>',
    '‹U+202E›',
  ])('give %j back unchanged, whatever a browser makes of it', async (text) => {
    const { answer, edits } = await approved(textView(text));
    expect(answer.status).toBe(200);
    expect(edits).toEqual({ text });
  });

  it('say when they hold what cannot be seen', async () => {
    const { html } = await servedPage(linkTo(textView('a\u200Bb'))).ask('GET');
    expect(html).toContain('Holds characters that cannot be seen here');
    expect(html).toContain('<bdi>a‹U+200B›b</bdi>');
  });

  it('have names that no payload can choose', async () => {
    const name = '__proto__';
    const payload = JSON.parse('{"__proto__":"a","code":"b","x\\r\\n\\"y":"c"}');
    const editable = Object.fromEntries(
      [name, 'code', 'x\r\n"y'].map((key) => [key, { label: key, type: 'text', maxLength: 20 } as const]),
    );
    const { edits } = await approved({ ...editableView, payload, editable });
    expect(Object.entries(edits)).toEqual(
      expect.arrayContaining([
        [name, 'a'],
        ['code', 'b'],
        ['x\r\n"y', 'c'],
      ]),
    );
  });

  it('stand as the payload has them when a client leaves them out', async () => {
    const { post, acts } = servedPage(linkTo(editableView));
    await post({ ...APPROVAL, 'edit-0': '1' });
    expect(acts).toMatchObject([{ edits: { amount: '1', currency: 'EUR', note: 'in full', notify: 'true' } }]);
  });

  it('keep a value that is none of its choices, until it is changed', async () => {
    const view = { ...editableView, payload: { ...editableView.payload, currency: 'CHF' } };
    expect((await approved(view)).edits).toMatchObject({ currency: 'CHF' });
  });

  it('are kept with their faults beside them', async () => {
    const faults = [{ field: 'amount', detail: 'must be at most 2000' }];
    const { post } = servedPage(linkTo(editableView), {
      link: linkTo(editableView),
      outcome: { kind: 'invalid', faults },
    });
    const { status, html } = await post({ ...APPROVAL, 'edit-0': '9<9' });
    expect(status).toBe(422);
    expect(html).toContain('<a href="#edit-0">“Amount” must be at most 2000.</a>');
    expect(html).toMatch(
      /id="edit-0" aria-describedby="edit-0-hint edit-0-fault" aria-invalid="true"[^>]*value="9&lt;9"/,
    );
  });

  it('are not offered to somebody who may only reject', async () => {
    const { html } = await servedPage(linkTo(editableView, { can: ['reject'] })).ask('GET');
    expect(html).not.toContain('edit-0');
  });
});
