import type { BrowserContext, Page } from 'playwright-core';

/** The code as it stands in a mail, and the page that its button opened. */
export interface OpenedDoor {
  readonly code: string;
  readonly page: Page;
}

/** Opens the inbox of one person, and there the latest mail whose subject holds `subject`. */
export async function openMail(page: Page, inboxUrl: string, person: string, subject: string): Promise<void> {
  await page.goto(`${inboxUrl}?to=${encodeURIComponent(person)}`);
  await page.getByRole('link', { name: subject }).first().click();
  await page.getByRole('heading', { name: 'As its reader sees it' }).waitFor();
}

/** The mail in the frame of the page that {@link openMail} opened. */
export function mailIn(page: Page) {
  return page.frameLocator('iframe');
}

/** The code as a person reads it in the mail. */
export async function codeIn(page: Page): Promise<string> {
  const code = await mailIn(page)
    .getByText(/^\d{3} \d{3}$/)
    .textContent();
  return code!.trim();
}

/** Reads the code of the mail that is open, and clicks its button, which opens a new tab. */
export async function followLink(context: BrowserContext, mail: Page): Promise<OpenedDoor> {
  const code = await codeIn(mail);
  const opened = context.waitForEvent('page');
  await mailIn(mail).getByRole('link', { name: 'Open the page' }).click();
  const page = await opened;
  await page.waitForLoadState();
  return { code, page };
}
