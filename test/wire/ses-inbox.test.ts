import { existsSync, readFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Browser, chromium, type Page } from 'playwright-core';
import { SENDER, SesUnderTest } from '../support/ses-client';

let under: SesUnderTest;

beforeEach(async () => {
  under = new SesUnderTest();
  await under.start();
});

afterEach(() => under.stop());

const HOSTILE = '"><img src=x onerror=alert(1)><script>alert(2)</script>';

describe('the list', () => {
  it('says what to do while it is empty', async () => {
    const page = await under.page('/inbox');
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('aws sesv2 send-email');
    expect(await under.json('/inbox')).toEqual({ messages: [] });
  });

  it('has the newest mail first, counts what is unread, and keeps to one recipient when asked', async () => {
    await under.send('mia@example.com', { Content: under.simple('first', undefined, 'x') });
    await under.clock.turn(60_000);
    await under.send('Tom@example.com', { Content: under.simple('second', undefined, 'x') });
    const subjects = async (path: string) => (await under.json(path)).messages.map((mail: any) => mail.subject);
    expect(await subjects('/inbox')).toEqual(['second', 'first']);
    expect(await subjects('/inbox?to=mia%40example.com')).toEqual(['first']);
    expect(await subjects('/inbox?to=tom%40example.com')).toEqual(['second']);
    const html = await (await under.page('/inbox')).text();
    expect(html).toContain('<title>(2) Inbox</title>');
    expect(html.indexOf('>second<')).toBeLessThan(html.indexOf('>first<'));
    expect(html).toContain('href="/inbox?to=mia%40example.com"');
    const filtered = await (await under.page('/inbox?to=mia%40example.com')).text();
    expect(filtered).toContain('>first<');
    expect(filtered).not.toContain('>second<');
    expect(await (await under.page('/inbox?to=nobody%40example.com')).text()).toContain(
      'No mail to nobody@example.com',
    );
  });

  it('counts a mail as read once a person has opened it, not when a program has', async () => {
    const id = await under.send('mia@example.com');
    await under.json(`/inbox/${id}`);
    await under.page(`/inbox/${id}`, { method: 'HEAD' });
    expect((await under.json('/inbox')).messages[0].isUnread).toBe(true);
    await under.page(`/inbox/${id}`);
    expect((await under.json('/inbox')).messages[0].isUnread).toBe(false);
    expect(await (await under.page('/inbox')).text()).toContain('<title>Inbox</title>');
  });

  it('keeps the newest thousand and shows a hundred at a time', async () => {
    const { gateway } = under.running;
    const Destination = { ToAddresses: ['mia@example.com'] };
    const input = { FromEmailAddress: SENDER, Destination, Content: under.simple('n', undefined, 'x') };
    const send = () => gateway.call(gateway.identify(''), 'ses', 'SendEmail', input);
    const { MessageId: oldest } = await send();
    for (let i = 0; i < 1000; i++) await send();
    expect((await under.json('/inbox')).messages).toHaveLength(1000);
    expect((await under.page(`/inbox/${oldest}`)).status).toBe(404);
    const html = await (await under.page('/inbox?page=2')).text();
    expect(html.match(/<li class="is-unread">/g)).toHaveLength(100);
    expect(html).toContain('href="/inbox?page=3"');
  });
});

describe('one mail', () => {
  it('shows its parts, its headers, its files and its source', async () => {
    const Attachments = [{ FileName: 'quote.pdf', RawContent: Buffer.alloc(2048), ContentType: 'application/pdf' }];
    const text = 'See https://example.com/a?b=1&c=2.';
    const id = await under.send('mia@example.com', { Content: under.simple('Hi', '<p>x</p>', text, { Attachments }) });
    const html = await (await under.page(`/inbox/${id}`)).text();
    expect(html).toContain(`<iframe src="/inbox/${id}/html"`);
    expect(html).toContain('quote.pdf <span class="quiet">application/pdf, 2.0 KB</span>');
    expect(html).toContain('<a href="https://example.com/a?b=1&amp;c=2" target="_blank" rel="noopener noreferrer">');
    expect(html).toContain('<th scope="row">Subject</th><td>Hi</td>');
    const source = await under.page(`/inbox/${id}/source`);
    expect(source.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(await source.text()).toContain('Subject: Hi\r\n');
    const part = await (await under.page(`/inbox/${id}/html`)).text();
    expect(part).toContain('<base target="_blank"><p>x</p>');
  });

  it('shows pictures that travel with it, and no other attachment, as data', async () => {
    const picture = (ContentId: string, ContentType: string) => ({
      ...{
        FileName: ContentId,
        RawContent: Buffer.from('x'),
        ContentType,
        ContentId,
        ContentDisposition: 'INLINE' as const,
      },
    });
    const html = '<img src="cid:logo"><img src="cid:drawing"><img src="cid:none">';
    const Attachments = [picture('logo', 'image/png'), picture('drawing', 'image/svg+xml')];
    const id = await under.send('mia@example.com', { Content: under.simple('Hi', html, undefined, { Attachments }) });
    const part = await (await under.page(`/inbox/${id}/html`)).text();
    expect(part).toContain('<img src="data:image/png;base64,eA=="><img src="cid:drawing"><img src="cid:none">');
  });

  it.each(['/inbox/none', '/inbox/none/html', '/inbox/%00', '/inbox/..%2f..'])('answers 404 for %s', async (path) => {
    expect((await under.page(path)).status).toBe(404);
    expect(await under.json(path)).toEqual({ message: 'There is no such mail.' });
  });
});

describe('protection', () => {
  it('escapes what strangers wrote, wherever it is shown', async () => {
    const id = await under.send('mia@example.com', {
      FromEmailAddress: `"${HOSTILE.replace(/"/g, '\\"')}" <shop@example.com>`,
      Destination: { ToAddresses: [`"${HOSTILE.replace(/"/g, '\\"')}" <mia@example.com>`] },
      Content: under.simple(HOSTILE, '<p>x</p>', `${HOSTILE} https://example.com/"onmouseover="alert(3)`, {
        Headers: [{ Name: 'X-Evil', Value: HOSTILE }],
        Attachments: [{ FileName: HOSTILE, RawContent: Buffer.from('x'), ContentType: 'text/html' }],
      }),
    });
    for (const path of ['/inbox', `/inbox?to=${encodeURIComponent(HOSTILE)}`, `/inbox/${id}`]) {
      const html = await (await under.page(path)).text();
      expect(html).not.toContain('<script');
      expect(html).not.toContain('<img');
      expect(html).not.toMatch(/<[^>]*\sonmouseover=/);
      expect(html).toContain('&lt;script&gt;alert(2)&lt;/script&gt;');
    }
  });

  it('lets nothing run, nothing in from elsewhere, and nobody frame it', async () => {
    const id = await under.send('mia@example.com');
    const policy = async (path: string) => {
      const { headers } = await under.page(path);
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      return headers.get('content-security-policy')!;
    };
    for (const path of ['/inbox', `/inbox/${id}`, '/inbox/none']) {
      const own = await policy(path);
      expect(own).toContain("default-src 'none'");
      expect(own).toMatch(/style-src 'sha256-[^']+'/);
      expect(own).toContain("frame-ancestors 'none'");
      expect(own).not.toMatch(/script-src|unsafe/);
    }
    const part = await policy(`/inbox/${id}/html`);
    expect(part).toContain("default-src 'none'; style-src 'unsafe-inline'; img-src data:; font-src data:;");
    expect(part).toMatch(/sandbox allow-popups allow-popups-to-escape-sandbox$/);
    expect(await policy(`/inbox/${id}/source`)).toContain('sandbox');
    const html = await (await under.page(`/inbox/${id}`)).text();
    expect(html).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"');
  });

  it('rejects other web pages, other hosts, and anything but reading', async () => {
    const id = await under.send('mia@example.com');
    expect((await under.page('/inbox', { headers: { origin: 'https://evil.example' } })).status).toBe(403);
    const rebound = await new Promise<number>((resolve, reject) => {
      const { hostname, port } = new URL(under.running.url);
      const headers = { host: 'evil.example' };
      request({ hostname, port, path: '/inbox', headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode!);
      })
        .on('error', reject)
        .end();
    });
    expect(rebound).toBe(403);
    for (const method of ['POST', 'PUT', 'DELETE']) {
      expect((await under.page(`/inbox/${id}`, { method })).status).toBe(404);
    }
    expect((await under.page('/inboxes')).status).toBe(404);
    const head = await under.page('/inbox', { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
  });
});

/** Where Debian and Ubuntu install it; without it the policies above are all that is tested. */
const CHROMIUM = '/usr/bin/chromium';

if (existsSync(CHROMIUM)) {
  describe('in a browser', () => {
    let browser: Browser;
    let page: Page;
    /** What a mail would load from elsewhere. */
    const asked: (string | undefined)[] = [];
    const stranger = createServer((message, response) => {
      asked.push(message.url);
      response.end();
    });

    beforeAll(async () => {
      await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
      const args = ['--no-sandbox', '--disable-gpu', '--disable-background-networking'];
      browser = await chromium.launch({ executablePath: CHROMIUM, args });
    });
    afterAll(async () => {
      await browser.close();
      stranger.close();
    });
    beforeEach(async () => {
      page = await browser.newPage({ viewport: { width: 375, height: 700 } });
    });
    afterEach(() => page.close());

    it('shows a mail, runs none of its scripts, opens its links apart, and loads nothing from elsewhere', async () => {
      const elsewhere = `http://127.0.0.1:${(stranger.address() as AddressInfo).port}`;
      const html = `<style>h1{color:rgb(1,2,3)}</style><h1 id="title">Mail</h1><p style="color:rgb(4,5,6)">x</p>
        <script>document.getElementById('title').textContent = 'script ran'</script>
        <img src="x" onerror="document.getElementById('title').textContent = 'handler ran'">
        <img src="${elsewhere}/picture.png"><meta http-equiv="refresh" content="0;url=${elsewhere}/moved">
        <iframe src="/inbox"></iframe><a id="link" href="${under.running.url}/inbox?to=linked%40example.com">open</a>`;
      const id = await under.send('mia@example.com', { Content: under.simple('Hi', html) });
      const loaded: string[] = [];
      page.on('response', (response) => loaded.push(response.url()));
      await page.goto(`${under.running.url}/inbox/${id}`);
      const frame = page.frameLocator('iframe');
      await expect(frame.locator('#title').textContent()).resolves.toBe('Mail');
      const popup = page.waitForEvent('popup');
      await frame.locator('#link').click();
      const opened = await popup;
      await opened.waitForLoadState();
      expect(await opened.textContent('h2')).toBe('No mail to linked@example.com');
      expect(await frame.locator('#title').textContent()).toBe('Mail');
      expect(loaded).toEqual([`${under.running.url}/inbox/${id}`, `${under.running.url}/inbox/${id}/html`]);
      expect(asked).toEqual([]);
    });

    it('is accessible and fits a phone', async () => {
      const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');
      const check = async (path: string) => {
        await page.goto(`${under.running.url}${path}`);
        await page.evaluate(axe);
        const { violations } = await page.evaluate<any>('axe.run(document, { iframes: false })');
        expect(violations.map((violation: any) => [path, violation.id, violation.nodes[0].html])).toEqual([]);
        expect(await page.evaluate<boolean>('document.documentElement.scrollWidth > innerWidth')).toBe(false);
      };
      await check('/inbox');
      const id = await under.send('a.person.with.a.very.long.address.indeed@mail.department.example.com', {
        Content: under.simple('A subject that is much longer than a phone is wide', '<p>x</p>', 'x'),
      });
      await under.send('bounce+with-a-label@simulator.amazonses.com');
      await check('/inbox');
      await check(`/inbox/${id}`);
      await check('/inbox/none');
    });
  });
}
