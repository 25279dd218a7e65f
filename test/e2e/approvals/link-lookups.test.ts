import { createApprovalPage } from '../../../lambdas/approvals/adapters/page/approval-page';
import { createPageService } from '../../../lambdas/approvals/domain/approval-page-service';
import { SeededRandom } from '../../../local/kernel/random';
import { createApprovalsRoom } from '../../support/approvals/approvals-room';
import { bitFlips, guesses, randomLinkId } from './changed-links';

/** The page over a store that notes what it is asked. */
async function watchedPage() {
  const room = createApprovalsRoom();
  await room.open();
  const calls: string[] = [];
  const store = new Proxy(room.store, {
    get: (target, name) => {
      const member = Reflect.get(target, name);
      if (typeof member !== 'function') return member;
      return (...given: unknown[]) => {
        calls.push(String(name));
        return member.apply(target, given);
      };
    },
  });
  const service = createPageService({ ...room.base, store });
  const page = createApprovalPage({
    service,
    origin: 'https://page.example',
    log: room.base.log,
    meter: room.base.meter,
  });
  const get = async (rawPath: string) => {
    calls.length = 0;
    const http = { method: 'GET', path: rawPath, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: '' };
    const event = {
      version: '2.0',
      rawPath,
      rawQueryString: '',
      headers: {},
      requestContext: { http, domainName: 'x' },
    };
    const { body } = await page(event as never, {} as never);
    return { calls: [...calls], body };
  };
  return { get, linkId: room.linkOf('ben@example.com').linkId };
}

it('looks every unknown link up once, whatever it looks like, and nothing else', async () => {
  const { get, linkId } = await watchedPage();
  const random = new SeededRandom('lookups');
  const near = [...bitFlips(linkId), ...guesses(linkId).filter((segment) => segment !== linkId)];
  const links = [
    ...near,
    ...Array.from({ length: 20 }, () => randomLinkId(random)),
    '.',
    '..',
    '%2e%2E',
    'ä',
    '\uD800',
  ];
  const expected = await get(`/a/${randomLinkId(random)}`);
  expect(expected.calls).toEqual(['findLink']);
  const told: string[] = [];
  for (const link of links) {
    const { calls, body } = await get(`/a/${link}`);
    if (calls.join() !== 'findLink' || body !== expected.body) told.push(`${link.slice(0, 60)}: ${calls.join()}`);
  }
  expect(told).toEqual([]);
});

it('looks a live link up, and its request', async () => {
  const { get, linkId } = await watchedPage();
  expect((await get(`/a/${linkId}`)).calls).toEqual(['findLink', 'find']);
});
