/**
 * Owns a program that treats mails as security gateways do: it opens every address that stands in a mail, runs what the
 * page brings along, and sends its forms. It types nothing: no program knows which digits of a mail are a code.
 */
import type { BrowserContext, Page } from 'playwright-core';

/** What a scanner does to one form of a page, as JavaScript with `form` in scope. */
const DEEDS = {
  'submits it by script': 'form.submit()',
  'submits it as it is': 'form.noValidate = true; form.requestSubmit()',
  'clicks its buttons': 'for (const button of form.querySelectorAll("button")) button.click()',
  'clicks its buttons unchecked':
    'form.noValidate = true; for (const button of form.querySelectorAll("button")) button.click()',
  'takes the first of every choice and submits it by script': 'takeFirst(form); form.submit()',
  'takes the first of every choice and clicks its buttons unchecked':
    'takeFirst(form); form.noValidate = true; for (const button of form.querySelectorAll("button")) button.click()',
};

const TAKE_FIRST = `const takeFirst = (form) => {
  const groups = new Set([...form.querySelectorAll('input[type=radio]')].map(({ name }) => name));
  for (const name of groups) form.querySelector('input[type=radio][name=' + name + ']').click();
  for (const box of form.querySelectorAll('input[type=checkbox]')) box.checked = true;
  for (const select of form.querySelectorAll('select')) select.selectedIndex = 0;
};`;

/** Every address of a mail's text and HTML, once. */
export function addressesIn({ text, html }: { text: string; html: string }): string[] {
  const found = `${text}\n${html}`.match(/https?:\/\/[^\s"'<>]+/g) ?? [];
  return [...new Set(found)];
}

/** What a scanner did to a form: `form 0: submits it by script`, and the status of the answer, none if nothing was sent. */
export interface Deed {
  readonly deed: string;
  readonly status?: number;
}

/** Does to one address all that scanners do. */
export async function scan(context: BrowserContext, url: string): Promise<Deed[]> {
  const deeds: Deed[] = [];
  await context.request.head(url);
  await context.request.get(url, { headers: { purpose: 'prefetch', 'sec-purpose': 'prefetch;prerender' } });
  const page = await context.newPage();
  await page.goto(url);
  const forms = await page.locator('form').count();
  for (let index = 0; index < forms; index++) {
    for (const [deed, script] of Object.entries(DEEDS)) {
      await page.goto(url);
      deeds.push({ deed: `form ${index}: ${deed}`, ...(await doTo(page, index, script)) });
    }
  }
  await page.close();
  return deeds;
}

async function doTo(page: Page, index: number, script: string): Promise<Pick<Deed, 'status'>> {
  // One that is never answered is given up when the page is closed.
  const answered = page.waitForResponse((response) => response.request().method() === 'POST').catch(() => undefined);
  const isSent = await page.evaluate<boolean>(`(() => {
    ${TAKE_FIRST}
    for (const folded of document.querySelectorAll('details')) folded.open = true;
    const form = document.forms[${index}];
    let isSent = true;
    form.addEventListener('invalid', () => { isSent = false; }, true);
    ${script};
    return isSent;
  })()`);
  if (!isSent) return {};
  const answer = await answered;
  await answer?.finished();
  return { status: answer?.status() };
}
