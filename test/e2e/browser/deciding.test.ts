import type { BrowserContextOptions, Frame, Page } from 'playwright-core';
import { APPROVER, ApprovalSite } from '../../support/browser/approval-site';
import { describeInBrowser } from '../../support/browser/describe-in-browser';
import { codeIn, followLink, type OpenedDoor, openMail } from '../../support/browser/mail-reader';
import { keepPicture } from '../../support/browser/screenshots';
import { DESKTOP, PHONE, type WatchedContext } from '../../support/browser/watched-context';

const REQUESTER = { name: 'Anna Berg', email: 'anna@example.com' };
const COLLEAGUE = 'colleague@example.com';

/** How an order goes that was approved once it was asked for. */
const APPROVED_PATH = ['ReserveStock', 'ChargePayment', 'AskApproval', 'ChargePayment', 'ShipOrder', 'ConfirmOrder'];

describeInBrowser('approvals from the inbox to the decision', (browser) => {
  let site: ApprovalSite;
  let visit: WatchedContext;

  beforeAll(async () => {
    site = await ApprovalSite.open();
  });
  afterAll(() => site?.close());
  afterEach(() => visit.close());

  /** Opens the latest mail of a person in a profile of its own, and follows its link. */
  const enter = async (person: string, subject: string): Promise<OpenedDoor> => {
    visit = await site.visit(browser());
    const mail = await visit.context.newPage();
    await openMail(mail, site.inboxUrl, person, subject);
    return followLink(visit.context, mail);
  };

  it.each([
    ['a phone', { viewport: PHONE, hasTouch: true, isMobile: true }],
    ['a desktop', { viewport: DESKTOP }],
    ['a browser without JavaScript', { viewport: DESKTOP, javaScriptEnabled: false }],
  ] as [string, BrowserContextOptions][])('approve an order on %s', async (device, options) => {
    const orderId = `order-on-${device.replaceAll(' ', '-')}`;
    const executionArn = await site.placeOrder(orderId);
    const picture = (page: Page, step: string) => keepPicture(page, `approve on ${device}`, step);
    visit = await site.visit(browser(), options);
    const inbox = await visit.context.newPage();
    await inbox.goto(site.inboxUrl);
    await picture(inbox, '1 inbox');
    await openMail(inbox, site.inboxUrl, APPROVER, 'Approval needed');
    await picture(inbox, '2 mail');
    const { code, page } = await followLink(visit.context, inbox);
    await page.getByRole('heading', { name: 'Order of 2500.00 EUR' }).waitFor();
    expect(await page.getByRole('table').textContent()).toContain(orderId);
    await picture(page, '3 request');
    await page.getByLabel('Approve').check();
    await page.getByLabel('Code from the mail').first().fill(code);
    await picture(page, '4 filled in');
    await page.getByRole('button', { name: 'Send my answer' }).click();
    await page.getByRole('status').getByText('You approved').waitFor();
    await picture(page, '5 recorded');

    const { output, path, lambdaCalls } = await site.endOf(executionArn);
    expect(output.status).toBe('OrderConfirmed');
    expect(path).toEqual(APPROVED_PATH);
    expect(lambdaCalls).toBe(3);

    await site.mailAbout(orderId, 'outcome', APPROVER);
    await openMail(inbox, site.inboxUrl, APPROVER, 'Request approved');
    await picture(inbox, '6 outcome mail');
    const again = await visit.context.newPage();
    await again.goto(page.url());
    await again.getByText('No answer is needed').waitFor();
    expect(await again.getByText(`Approved by ${APPROVER}`).count()).toBe(1);
    expect(await again.locator('form').count()).toBe(0);
    await picture(again, '7 second visit');
    expect(visit.offences).toEqual([]);
  });

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

/** Presses Tab until what has the focus is what is looked for: its tag, id and text. Throws when it is never reached. */
async function tabTo(page: Page, isThere: (focus: string) => boolean): Promise<void> {
  const passed: string[] = [];
  for (let presses = 0; presses < 40; presses++) {
    await page.keyboard.press('Tab');
    const focus = await focusIn(page.mainFrame());
    if (isThere(focus)) return;
    passed.push(focus.slice(0, 60));
  }
  throw new Error(`Tab went past ${passed.join(' | ')}.`);
}

/** Presses Enter on a link that opens a page of its own. On a busy machine a frame may take a key too early: then once more. */
async function openedByEnter(page: Page): Promise<Page> {
  for (let presses = 1; ; presses++) {
    const opened = page.context().waitForEvent('page', { timeout: 5_000 });
    await page.keyboard.press('Enter');
    try {
      return await opened;
    } catch (error) {
      if (presses === 3) throw error;
    }
  }
}

/** What has the focus, in a frame of the page if it is there. */
async function focusIn(frame: Frame): Promise<string> {
  const focus = await frame.evaluate<string>(
    '[document.activeElement.localName, document.activeElement.id, document.activeElement.textContent.trim()].join(" ")',
  );
  const [child] = frame.childFrames();
  return child && focus.startsWith('iframe') ? focusIn(child) : focus;
}
