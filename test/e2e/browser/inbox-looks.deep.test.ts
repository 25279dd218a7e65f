import type { Page } from 'playwright-core';
import { ApprovalSite } from '../../support/browser/approval-site';
import { EDITABLE_ASK, SEQUENCE_ASK, WIDE_ASK } from '../../support/browser/asks';
import { describeInBrowser } from '../../support/browser/describe-in-browser';
import { Inspection } from '../../support/browser/inspection';
import { mailIn } from '../../support/browser/mail-reader';
import type { WatchedContext } from '../../support/browser/watched-context';

const HOUR_MS = 3_600_000;

/** Every kind of mail that approvals send. */
const MAIL_KINDS = ['ask', 'delegated', 'escalation', 'link-closed', 'opened', 'outcome', 'reminder'];

/** Light and dark, 360 and 1280 pixels wide, by axe and by the ruler: the inbox, and the mails as their readers see them. */
describeInBrowser('the inbox and its mails', (browser) => {
  let site: ApprovalSite;
  let visit: WatchedContext;
  let page: Page;
  const inspection = new Inspection('inbox');

  beforeAll(async () => {
    site = await ApprovalSite.open();
  });
  afterAll(() => site?.close());
  beforeEach(async () => {
    visit = await site.visit(browser());
    page = await visit.context.newPage();
  });
  afterEach(async () => {
    await visit.close();
    expect(inspection.faults.splice(0)).toEqual([]);
    expect(visit.offences).toEqual([]);
  });

  const look = (state: string) => inspection.look(page, state);

  it('look well while there is no mail', async () => {
    await page.goto(site.inboxUrl);
    await look('empty');
    await page.goto(`${site.inboxUrl}/nothing`);
    await look('no such mail');
  });

  it('look well with mail of every kind', async () => {
    await sendEveryMail(site);
    const kinds = new Set((await site.stacks.mails()).map(({ tags }) => tags.kind));
    expect([...kinds].sort()).toEqual(MAIL_KINDS);

    await page.goto(site.inboxUrl);
    await look('list');
    await page.goto(`${site.inboxUrl}?to=nobody@example.com`);
    await look('nobody');
    await page.goto(`${site.inboxUrl}?to=${WIDE_ASK.approvers[0]}`);
    await page.getByRole('list').last().getByRole('link').first().click();
    await mailIn(page).getByText('Your code').waitFor();
    await look('mail');
    await page.getByLabel('Phone').check();
    await look('mail as on a phone');
    for (const folded of await page.locator('summary').all()) await folded.click();
    await look('mail unfolded');
  });

  it('look well in a mail program', async () => {
    const mails = await site.stacks.mails();
    for (const kind of MAIL_KINDS) {
      await page.setContent(mails.find(({ tags }) => tags.kind === kind)!.html);
      await look(`the mail ${kind}`);
    }
    const wide = mails.find(({ to }) => to.includes(WIDE_ASK.approvers[0]!))!;
    await page.setContent(wide.html);
    await look('the widest mail');
  });
});

/** Lets approvals send a mail of each kind. */
async function sendEveryMail({ stacks }: ApprovalSite): Promise<void> {
  await stacks.ask(WIDE_ASK);
  const handedOn = await stacks.invite(EDITABLE_ASK);
  await stacks.post(handedOn.linkId, { act: 'delegate', to: 'colleague@example.com', code: handedOn.code });
  const approved = await stacks.invite({ ...SEQUENCE_ASK, approvers: ['solo@example.com'] });
  await stacks.decide(approved, 'approve');
  await stacks.invitation(handedOn.requestId, 'colleague@example.com');
  await stacks.settled(approved.requestId);

  const closed = await stacks.invite({});
  const wrong = { act: 'decide', decision: 'reject', reason: 'No.', payloadHash: 'x'.repeat(43) };
  const code = closed.code === '000000' ? '000001' : '000000';
  for (let attempt = 1; attempt <= 5; attempt++) await stacks.post(closed.linkId, { ...wrong, code });
  await stacks.settled(closed.requestId);

  const terms = {
    reminders: { everySeconds: 3600, atMost: 3 },
    escalation: { afterSeconds: 7200, to: ['lead@example.com'] },
  };
  const waiting = await stacks.invite({ ...terms, title: 'Renew the certificate' });
  await stacks.settled(waiting.requestId);
  await stacks.leap(HOUR_MS);
  await stacks.invitation(waiting.requestId, 'ben@example.com', 'reminder');
  await stacks.settled(waiting.requestId);
  await stacks.leap(HOUR_MS);
  await stacks.invitation(waiting.requestId, 'lead@example.com', 'escalation');
  await stacks.settled(waiting.requestId);
}
