import { APPROVER, ApprovalSite } from '../../support/browser/approval-site';
import { describeInBrowser } from '../../support/browser/describe-in-browser';
import { addressesIn, type Deed, scan } from '../../support/browser/mail-scanner';
import type { WatchedContext } from '../../support/browser/watched-context';

const REQUESTER = { name: 'Anna Berg', email: 'anna@example.com' };

describeInBrowser('a mail scanner in Chromium', (browser) => {
  let site: ApprovalSite;
  let visit: WatchedContext;

  beforeAll(async () => {
    site = await ApprovalSite.open();
    visit = await site.visit(browser());
  });
  afterAll(async () => {
    await visit?.close();
    await site?.close();
  });

  it('that opens every link and sends every form decides nothing and closes no link', async () => {
    const executionArn = await site.askForExpense('expense-scanned', REQUESTER);
    const { tags } = await site.mailAbout('expense-scanned', 'opened', REQUESTER.email);
    const before = await site.stacks.settled(tags.requestId);

    const deeds: Deed[] = [];
    for (const mail of await site.stacks.mails()) {
      for (const url of addressesIn(mail)) deeds.push(...(await scan(visit.context, url)));
    }
    // Two forms of the approver and one of the requester, six deeds each; the browser itself stops one of the six.
    expect(deeds).toHaveLength(18);
    const sent = deeds.filter(({ deed }) => !deed.endsWith('clicks its buttons'));
    expect(sent.map(({ status }) => status)).toEqual(Array(15).fill(422));
    expect(deeds.filter(({ status }) => status !== undefined)).toEqual(sent);

    expect(await site.stacks.settled(tags.requestId)).toEqual(before);
    for (const person of [APPROVER, REQUESTER.email]) {
      const { linkId } = await site.stacks.invitation(tags.requestId, person);
      const link = await site.stacks.linkRow(linkId);
      expect({ attempts: link.attempts, isClosed: link.isClosed }).toEqual({
        attempts: { N: '0' },
        isClosed: { BOOL: false },
      });
    }
    expect(visit.offences).toEqual([]);

    // The same forms decide once a person has typed the code.
    const { url, code } = await site.stacks.invitation(tags.requestId, APPROVER);
    const page = await visit.context.newPage();
    await page.goto(url);
    await page.getByLabel('Approve').check();
    await page.getByLabel('Code from the mail').first().fill(code);
    await page.getByRole('button', { name: 'Send my answer' }).click();
    await page.getByRole('status').getByText('You approved').waitFor();
    expect((await site.endOf(executionArn)).output.status).toBe('ExpenseRecorded');
  });
});
