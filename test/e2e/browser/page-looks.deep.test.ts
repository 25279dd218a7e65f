import type { Page } from 'playwright-core';
import type { Invitation } from '../../support/approvals/approval-stacks';
import { ApprovalSite } from '../../support/browser/approval-site';
import { EDITABLE_ASK, QUORUM_ASK, WIDE_ASK } from '../../support/browser/asks';
import { describeInBrowser } from '../../support/browser/describe-in-browser';
import { Inspection } from '../../support/browser/inspection';
import type { WatchedContext } from '../../support/browser/watched-context';

const REQUESTER = 'anna@example.com';

/** Light and dark, 360 and 1280 pixels wide, by axe and by the ruler: every state that the page can be in. */
describeInBrowser('the approval page', (browser) => {
  let site: ApprovalSite;
  let visit: WatchedContext;
  let page: Page;
  const inspection = new Inspection('page');

  beforeAll(async () => {
    site = await ApprovalSite.open();
  });
  afterAll(async () => {
    await site?.close();
    for (const remark of inspection.remarks) process.stdout.write(`axe, minor: ${remark}\n`);
  });
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

  /** Fills the decision in; what is missing is not asked for by the browser but by the page. */
  const send = async (button: string, fill: () => Promise<unknown> = async () => {}) => {
    await page.evaluate('for (const form of document.forms) form.noValidate = true');
    await fill();
    await page.getByRole('button', { name: button }).click();
    await page.waitForLoadState();
  };
  const answer = ({ code }: Pick<Invitation, 'code'>, decision: 'Approve' | 'Reject', reason = '') =>
    send('Send my answer', async () => {
      await page.getByLabel(decision, { exact: false }).first().check();
      await page.getByLabel('Reason').first().fill(reason);
      await page.getByLabel('Code from the mail').first().fill(code);
    });
  const wrongCodeOf = (code: string) => (code === '000000' ? '000001' : '000000');

  it('looks well while it waits, and with faults', async () => {
    const { url, code } = await site.stacks.invite(EDITABLE_ASK);
    await page.goto(url);
    await look('pending with editable values');
    await send('Send my answer');
    await look('nothing filled in');
    await send('Send my answer', async () => {
      await page.getByLabel('Amount in cents').fill('48001');
      await page.getByLabel('Purpose').fill('x');
      await page.getByLabel('Approve').check();
      await page.getByLabel('Code from the mail').first().fill(code);
    });
    await look('edits beyond their limits');
    await page.goto(url);
    await page.getByText('Hand on to a colleague').click();
    await send('Hand on', () => page.getByLabel('Mail address of your colleague').fill('nobody'));
    await look('nobody to hand on to');
    await page.goto(url);
    await page.getByLabel('Amount in cents').fill('30000');
    await answer({ code }, 'Approve');
    await look('approved with changes');
  });

  it('looks well with the widest texts', async () => {
    const { requestId } = await site.stacks.ask(WIDE_ASK);
    const approver = await site.stacks.invitation(requestId, WIDE_ASK.approvers[0]!);
    await page.goto((await site.stacks.invitation(requestId, WIDE_ASK.requester.email)).url);
    await look('wide, to the requester');
    await page.goto(approver.url);
    await look('wide, pending');
    await answer(approver, 'Reject', 'w'.repeat(1000));
    await look('wide, rejected');
  });

  it('looks well when wrong codes close the link', async () => {
    const { url, code } = await site.stacks.invite({});
    await page.goto(url);
    for (let attempt = 1; attempt <= 5; attempt++) {
      await answer({ code: wrongCodeOf(code) }, 'Approve');
      if (attempt === 1) await look('wrong code');
    }
    await look('the fifth wrong code');
    await page.goto(url);
    await look('closed');
  });

  it('looks well when it is handed on, and when others are still waited for', async () => {
    const handedOn = await site.stacks.invite({});
    await page.goto(handedOn.url);
    await page.getByText('Hand on to a colleague').click();
    await send('Hand on', async () => {
      await page.getByLabel('Mail address of your colleague').fill('colleague@example.com');
      await page.getByLabel('Code from the mail').last().fill(handedOn.code);
    });
    await look('handed on');
    await page.goto(handedOn.url);
    await look('replaced');
    const quorum = await site.stacks.invite(QUORUM_ASK);
    await page.goto(quorum.url);
    await answer(quorum, 'Approve');
    await look('answered, others are waited for');
    await answerAgain(quorum);
    await look('answered before');
  });

  it('looks well when it is taken back, and when its time is over', async () => {
    const { requestId, url } = await site.stacks.invite({ expiresInSeconds: 3600 });
    const requester = await site.stacks.invitation(requestId, REQUESTER);
    const late = await site.stacks.invite({ expiresInSeconds: 3600 });
    await page.goto(requester.url);
    await send('Withdraw the request', async () => {
      await page.getByLabel('Reason').fill('Not needed any more.');
      await page.getByLabel('Code from the mail').fill(requester.code);
    });
    await look('taken back');
    await page.goto(url);
    await look('taken back, to the approver');
    await page.goto(late.url);
    await site.stacks.leap(3_600_000);
    await answer(late, 'Approve');
    await look('too late');
    await page.goto(late.url);
    await look('expired');
  });

  it('looks well when a link opens nothing, and when a form is not its own', async () => {
    await page.goto(`${site.pageOrigin}/a/${'x'.repeat(32)}`);
    await look('unknown link');
    const { url } = await site.stacks.invite({});
    await page.goto(url);
    await page.evaluate('document.querySelector("[name=act]").value = "nothing"');
    await send('Send my answer');
    await look('not understood');
    // A form on a page of another origin: a new tab's.
    const foreign = await visit.context.newPage();
    await foreign.setContent(`<form method="post" action="${url}"><button>Win a prize</button></form>`);
    await foreign.getByRole('button').click();
    await foreign.getByRole('heading', { name: 'Not accepted' }).waitFor();
    await inspection.look(foreign, 'from elsewhere');
  });

  /** Sends the same form once more, as a page does that was left open in another tab. */
  async function answerAgain({ url, code }: Pick<Invitation, 'url' | 'code'>): Promise<void> {
    const fields = { act: 'decide', decision: 'approve', payloadHash: 'x'.repeat(43), code };
    await page.goto(url);
    const inputs = Object.entries(fields).map(([name, value]) => `<input name="${name}" value="${value}">`);
    await page.evaluate(
      (form) => {
        const { document } = globalThis as any;
        document.body.innerHTML = form;
        document.forms[0].submit();
      },
      `<form method="post">${inputs.join('')}</form>`,
    );
    await page.getByRole('status').waitFor();
  }
});
