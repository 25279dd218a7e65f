import { APPROVER, ApprovalSite } from '../../support/browser/approval-site';
import { approveOrder } from '../../support/browser/approve-order';
import { describeInBrowser } from '../../support/browser/describe-in-browser';
import { openedByEnter, tabTo } from '../../support/browser/keyboard';
import { codeIn, followLink, type OpenedDoor, openMail } from '../../support/browser/mail-reader';
import { keepPicture } from '../../support/browser/screenshots';
import { DESKTOP, type WatchedContext } from '../../support/browser/watched-context';

const REQUESTER = { name: 'Anna Berg', email: 'anna@example.com' };
const COLLEAGUE = 'colleague@example.com';

describeInBrowser('approvals, decided in other ways', (browser) => {
  let site: ApprovalSite;
  let visit: WatchedContext;

  beforeAll(async () => {
    site = await ApprovalSite.open();
  });
  afterAll(() => site?.close());
  afterEach(() => visit?.close());

  /** Opens the latest mail of a person in a profile of its own, and follows its link. */
  const enter = async (person: string, subject: string): Promise<OpenedDoor> => {
    visit = await site.visit(browser());
    const mail = await visit.context.newPage();
    await openMail(mail, site.inboxUrl, person, subject);
    return followLink(visit.context, mail);
  };

  it('approve an order on a desktop', () => approveOrder(site, browser(), 'a desktop', { viewport: DESKTOP }));

  it('approve an order with nothing but a keyboard', async () => {
    const executionArn = await site.placeOrder('order-by-keyboard');
    visit = await site.visit(browser());
    const inbox = await visit.context.newPage();
    await inbox.goto(`${site.inboxUrl}?to=${APPROVER}`);
    await tabTo(inbox, (focus) => focus.includes('Approval needed'));
    await inbox.keyboard.press('Enter');
    await inbox.waitForURL(/\/inbox\/[^/]+$/);
    const code = await codeIn(inbox);
    await tabTo(inbox, (focus) => focus.includes('Open the page'));
    const page = await openedByEnter(inbox);
    await page.waitForLoadState();
    await tabTo(page, (focus) => focus.includes('decide-approve'));
    await page.keyboard.press('Space');
    await tabTo(page, (focus) => focus.includes('decide-code'));
    await page.keyboard.type(code);
    await keepPicture(page, 'approve by keyboard', 'filled in');
    await page.keyboard.press('Enter');
    await page.getByRole('status').getByText('You approved').waitFor();
    expect((await site.endOf(executionArn)).output.status).toBe('OrderConfirmed');
    expect(visit.offences).toEqual([]);
  });

  it('reject an order with a reason, which everybody reads', async () => {
    const executionArn = await site.placeOrder('order-rejected');
    const { code, page } = await enter(APPROVER, 'Approval needed');
    await page.getByLabel('Reject').check();
    await page.getByLabel('Reason').fill('Too expensive.\nAsk again in spring.');
    await page.getByLabel('Code from the mail').first().fill(code);
    await page.getByRole('button', { name: 'Send my answer' }).click();
    await page.getByRole('status').getByText('You rejected').waitFor();
    expect((await site.endOf(executionArn)).output.status).toBe('OrderCompensated');
    const outcome = await site.mailAbout('order-rejected', 'outcome', APPROVER);
    expect(outcome.text).toContain('Ask again in spring.');
    expect(visit.offences).toEqual([]);
  });

  it('approve an expense for less than was asked', async () => {
    const executionArn = await site.askForExpense('expense-for-less', REQUESTER);
    const { code, page } = await enter(APPROVER, 'Approval needed');
    await page.getByLabel('Amount in cents').fill('30000');
    await page.getByLabel('Approve').check();
    await page.getByLabel('Code from the mail').first().fill(code);
    await page.getByRole('button', { name: 'Send my answer' }).click();
    await page.getByRole('status').getByText('You approved').waitFor();
    await keepPicture(page, 'approve with changes', 'recorded');
    expect((await site.endOf(executionArn)).output).toMatchObject({ status: 'ExpenseRecorded', amountCents: 30_000 });
    await site.mailAbout('expense-for-less', 'outcome', REQUESTER.email);
    await openMail(await visit.context.newPage(), site.inboxUrl, REQUESTER.email, 'Request approved');
    expect(visit.offences).toEqual([]);
  });

  it('hand a request on to a colleague, who decides', async () => {
    const executionArn = await site.askForExpense('expense-handed-on', REQUESTER);
    const { code, page } = await enter(APPROVER, 'Approval needed');
    await page.getByText('Hand on to a colleague').click();
    await page.getByLabel('Mail address of your colleague').fill(COLLEAGUE);
    await page.getByLabel('Code from the mail').last().fill(code);
    await page.getByRole('button', { name: 'Hand on' }).click();
    await page.getByRole('heading', { name: 'Handed on' }).waitFor();
    await page.goto(page.url());
    await page.getByRole('heading', { name: 'This link was replaced' }).waitFor();
    await visit.close();

    await site.mailAbout('expense-handed-on', 'delegated', COLLEAGUE);
    const colleague = await enter(COLLEAGUE, 'Approval handed on to you');
    await colleague.page.getByLabel('Approve').check();
    await colleague.page.getByLabel('Code from the mail').first().fill(colleague.code);
    await colleague.page.getByRole('button', { name: 'Send my answer' }).click();
    await colleague.page.getByRole('status').getByText('You approved').waitFor();
    expect((await site.endOf(executionArn)).output.status).toBe('ExpenseRecorded');
    expect(visit.offences).toEqual([]);
  });

  it('take a request back as the one who asked', async () => {
    const executionArn = await site.askForExpense('expense-taken-back', REQUESTER);
    await site.mailAbout('expense-taken-back', 'opened', REQUESTER.email);
    const { code, page } = await enter(REQUESTER.email, 'Approval asked for');
    expect(await page.getByLabel('Approve').count()).toBe(0);
    await page.getByLabel('Code from the mail').fill(code);
    await page.getByRole('button', { name: 'Withdraw the request' }).click();
    await page.getByRole('status').getByText('You withdrew the request').waitFor();
    expect((await site.endOf(executionArn)).output).toMatchObject({
      status: 'ExpenseRejected',
      reason: 'ApprovalRevoked',
    });
    expect(visit.offences).toEqual([]);
  });
});
