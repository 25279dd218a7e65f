import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { APPROVER, type ApprovalSite } from './approval-site';
import { followLink, openMail } from './mail-reader';
import { keepPicture } from './screenshots';

/** How an order goes that was approved once it was asked for. */
const APPROVED_PATH = ['ReserveStock', 'ChargePayment', 'AskApproval', 'ChargePayment', 'ShipOrder', 'ConfirmOrder'];

/** An order that its approver approves on a device, from the inbox to the mail about the outcome; with a picture of each step. */
export async function approveOrder(
  site: ApprovalSite,
  browser: Browser,
  device: string,
  options: BrowserContextOptions,
): Promise<void> {
  const orderId = `order-on-${device.replaceAll(' ', '-')}`;
  const executionArn = await site.placeOrder(orderId);
  const picture = (page: Page, step: string) => keepPicture(page, `approve on ${device}`, step);
  const visit = await site.visit(browser, options);
  try {
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
  } finally {
    await visit.close();
  }
}
