import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { linkTo, sampleView } from './sample-views';
import { APPROVAL, LINK, ORIGIN, OWN_FORM, servedPage } from './served-page';

const FORM = 'application/x-www-form-urlencoded';

describe('where a POST comes from', () => {
  it.each<[string, Record<string, string>, number]>([
    ['the page itself under no-referrer', OWN_FORM, 200],
    ['the page itself with its origin', { origin: ORIGIN, 'sec-fetch-site': 'same-origin' }, 200],
    ['an old browser with the origin', { origin: ORIGIN }, 200],
    ['a client that sends neither', {}, 200],
    ['a browser that leaves the origin out', { 'sec-fetch-site': 'same-origin' }, 200],
    ['another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, 403],
    ['another site, as an old browser', { origin: 'https://evil.example' }, 403],
    ['a neighbour', { origin: 'https://other.example.com', 'sec-fetch-site': 'same-site' }, 403],
    ['the right origin from elsewhere', { origin: ORIGIN, 'sec-fetch-site': 'cross-site' }, 403],
    ['a wrong origin from here', { origin: 'https://evil.example', 'sec-fetch-site': 'same-origin' }, 403],
    ['nobody with a hidden origin', { origin: 'null' }, 403],
    ['a sandbox', { origin: 'null', 'sec-fetch-site': 'cross-site' }, 403],
    ['the address bar', { 'sec-fetch-site': 'none' }, 403],
    ['an origin that begins like ours', { origin: `${ORIGIN}.evil.example` }, 403],
    ['an empty origin', { origin: '' }, 403],
    ['an origin that is no ASCII', { origin: 'https://äpprovals.example.com\r\nx: y' }, 403],
    ['a capital letter in the header', { Origin: 'https://evil.example' }, 403],
  ])('weighs %s', async (_name, headers, status) => {
    const { post, acts } = servedPage(linkTo());
    expect((await post(APPROVAL, headers)).status).toBe(status);
    expect(acts).toHaveLength(status === 200 ? 1 : 0);
  });

  it('never takes its own origin from the request', async () => {
    const { ask, acts } = servedPage(linkTo());
    const headers = { host: 'evil.example', origin: 'https://evil.example', 'content-type': FORM };
    const answer = await ask('POST', undefined, { headers, body: new URLSearchParams(APPROVAL).toString() });
    expect([answer.status, acts]).toEqual([403, []]);
  });
});

describe('the body of a POST', () => {
  const hash = `payloadHash=${sampleView.payloadHash}`;

  it.each<[string, string, number]>([
    ['a field twice', `act=decide&${hash}&decision=approve&decision=reject&code=482913`, 400],
    ['the code twice', `act=decide&${hash}&decision=approve&code=1&code=482913`, 400],
    ['another decision', `act=decide&${hash}&decision=maybe&code=482913`, 400],
    ['an empty decision', `act=decide&${hash}&decision=&code=482913`, 400],
    ['another act', `act=destroy&${hash}&code=482913`, 400],
    ['no act', `${hash}&decision=approve&code=482913`, 400],
    ['no hash', 'act=decide&decision=approve&code=482913', 400],
    ['a hash that is none', 'act=decide&decision=approve&code=482913&payloadHash=a b', 400],
    ['an unknown field', `act=decide&${hash}&decision=approve&code=482913&__proto__=1`, 400],
    ['a field of edits that was not shown', `act=decide&${hash}&decision=approve&code=482913&edit-0=1`, 400],
    ['a control character in the reason', `act=decide&${hash}&decision=reject&code=482913&reason=a%00b`, 400],
    ['a line break in the code', `act=decide&${hash}&decision=approve&code=482%0D%0A913`, 400],
    ['a line break in the address', 'act=delegate&code=482913&to=a%40b.c%0D%0ABcc:x', 400],
    ['nothing', '', 400],
    ['more than it may be', `act=decide&${hash}&reason=${'x'.repeat(64 * 1024)}`, 413],
  ])('rejects %s without an act', async (_name, body, status) => {
    const { post, acts } = servedPage(linkTo());
    const known = await post(body);
    const unknown = await post(body, OWN_FORM, '/a/other');
    expect([known.status, acts]).toEqual([status, []]);
    // Fields of edits can only be told by the request.
    if (!body.includes('edit-0')) expect(unknown).toEqual(known);
  });

  it.each([
    ['application/json', 415],
    ['text/plain', 415],
    ['multipart/form-data; boundary=x', 415],
    ['application/x-www-form-urlencoded-not', 415],
    ['application/x-www-form-urlencoded; charset=utf-16', 415],
    ['', 415],
    ['application/x-www-form-urlencoded; charset=UTF-8', 200],
  ])('reads %j with %d', async (type, status) => {
    const { post } = servedPage(linkTo());
    expect((await post(APPROVAL, { ...OWN_FORM, 'content-type': type })).status).toBe(status);
  });

  it.each<[string, Record<string, string>, string[]]>([
    ['the form as it stands', { decision: '', code: '' }, ['#decide-approve', '#decide-code']],
    ['no choice', { decision: '' }, ['#decide-approve']],
    ['no code', { code: '' }, ['#decide-code']],
    ['five digits', { code: '48291' }, ['#decide-code']],
    ['letters', { code: '48291a' }, ['#decide-code']],
    ['a rejection without a reason', { decision: 'reject', reason: ' \r\n ' }, ['#decide-reason']],
    ['a reason without end', { reason: 'x'.repeat(1001) }, ['#decide-reason']],
  ])('asks again after %s, without an act', async (_name, changed, targets) => {
    const { post, acts } = servedPage(linkTo());
    const fields = Object.entries({ ...APPROVAL, ...changed }).filter(([, value]) => value !== '');
    const { status, html } = await post(Object.fromEntries(fields));
    expect([status, acts]).toEqual([422, []]);
    expect([...html.matchAll(/<li><a href="([^"]*)"/g)].map(([, target]) => target)).toEqual(targets);
    for (const target of targets) expect(html).toContain(`id="${target.slice(1)}"`);
    expect(html).toContain('<title>Error. Waiting: Refund order 20-4711</title>');
    expect(html).toContain('role="alert"');
  });

  it.each(['482913', ' 482 913 ', '482-913', '4 8 2 9 1 3', '482\u00A0913', '482–913'])(
    'takes the code %j as its digits',
    async (code) => {
      const { post, acts } = servedPage(linkTo());
      await post({ ...APPROVAL, code });
      expect(acts).toEqual([expect.objectContaining({ code: '482913' })]);
    },
  );

  it('gives a reason with its line breaks as LF', async () => {
    const { post, acts } = servedPage(linkTo());
    await post({ ...APPROVAL, decision: 'reject', reason: '\r\none\r\ntwo\r\n' });
    expect(acts).toEqual([{ kind: 'reject', code: '482913', payloadHash: sampleView.payloadHash, reason: 'one\ntwo' }]);
  });

  it('is also read when it comes as text', async () => {
    const { ask, acts } = servedPage(linkTo());
    const body = new URLSearchParams(APPROVAL).toString();
    const answer = await ask('POST', undefined, { headers: { ...OWN_FORM, 'content-type': FORM }, body });
    expect([answer.status, acts.length]).toEqual([200, 1]);
  });
});

describe('what nothing is behind', () => {
  it('is answered with the same bytes, whatever it is', async () => {
    const { ask, post } = servedPage(linkTo());
    const first = await ask('GET', '/a/other');
    expect(first.status).toBe(404);
    for (const path of [
      '/a/AbCdEfGhIjKlMnOpQrStUvWxYz01234',
      `/a/${LINK}x`,
      `/a/${LINK}/`,
      `/a/${LINK}/more`,
      `/A/${LINK}`,
      '/a/',
      '/',
      '/b',
      '/a/%00',
      '/a/%E0%A4%A',
      '/a/ä',
      '/a/<script>',
      '//evil.example/a/x',
      '/a/../../etc',
      `/a/${'x'.repeat(5000)}`,
      'nonsense',
      '/a/\uD800',
    ]) {
      expect(await ask('GET', path)).toEqual(first);
    }
    expect(await post(APPROVAL, OWN_FORM, '/a/other')).toEqual(first);
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'CONNECT', 'get', 'A\nB']) {
      expect(await ask(method)).toEqual(first);
    }
  });

  it('is looked up once for a path with a link and not at all for another', async () => {
    const { ask, looked } = servedPage(linkTo());
    await ask('GET', '/a/other');
    await ask('DELETE');
    await ask('GET', '/');
    expect(looked).toEqual(['other']);
  });
});

describe('a strange event', () => {
  it.each<[string, Partial<APIGatewayProxyEventV2>]>([
    ['a body with GET', { body: 'x', isBase64Encoded: false }],
    ['a query', { rawQueryString: 'act=decide&decision=approve&code=482913' }],
    ['cookies', { cookies: ['a=b\r\nc', 'd=\u0000'] }],
    ['headers that are none', { headers: { 'x-\n': 'a\r\nb', cookie: '\uD800', host: ' bad host ' } }],
    ['a host that is none', { requestContext: { http: { method: 'GET' }, domainName: 'no host:at all' } as any }],
    ['no headers', { headers: undefined as any }],
  ])('with %s is answered as without', async (_name, more) => {
    const { ask, acts } = servedPage(linkTo());
    expect(await ask('GET', undefined, more)).toEqual(await ask('GET'));
    expect(acts).toEqual([]);
  });
});
