import { ApprovalSite } from '../../support/browser/approval-site';
import { approveOrder } from '../../support/browser/approve-order';
import { describeInBrowser } from '../../support/browser/describe-in-browser';
import { DESKTOP, PHONE } from '../../support/browser/watched-context';

describeInBrowser('approvals from the inbox to the decision', (browser) => {
  let site: ApprovalSite;

  beforeAll(async () => {
    site = await ApprovalSite.open();
  });
  afterAll(() => site?.close());

  it('approve an order on a phone', () =>
    approveOrder(site, browser(), 'a phone', { viewport: PHONE, hasTouch: true, isMobile: true }));

  it('approve an order on a browser without JavaScript', () =>
    approveOrder(site, browser(), 'a browser without JavaScript', { viewport: DESKTOP, javaScriptEnabled: false }));
});
