import type { Browser, BrowserContext, BrowserContextOptions, Frame } from 'playwright-core';

/** The windows that the pages are looked at in. */
export const PHONE = { width: 360, height: 740 } as const;
export const DESKTOP = { width: 1280, height: 900 } as const;

/** A browser profile of its own, in which everything that goes wrong is noted. */
export interface WatchedContext {
  readonly context: BrowserContext;
  /**
   * What no page may do, in words: a request for anything but a document of `origins`, a line of the console that warns
   * or complains (violations of a content security policy are such), a script that throws, a dialog, a download.
   */
  readonly offences: string[];
  close(): Promise<void>;
}

/** Opens a profile that may visit `origins` and nothing else. */
export async function watchedContext(
  browser: Browser,
  origins: readonly string[],
  options: BrowserContextOptions = {},
): Promise<WatchedContext> {
  const context = await browser.newContext({ viewport: DESKTOP, locale: 'en-US', ...options });
  context.setDefaultTimeout(15_000);
  const offences: string[] = [];
  context.on('request', (request) => {
    const url = new URL(request.url());
    // Documents of the browser itself: a new tab's, a test's own.
    if (url.protocol === 'about:') return;
    if (!origins.includes(url.origin)) offences.push(`asks ${url.href}`);
    if (request.resourceType() !== 'document') offences.push(`loads the ${request.resourceType()} ${url.href}`);
  });
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !isStatus(message.text())) offences.push(message.text());
  });
  context.on('weberror', (error) => offences.push(String(error.error())));
  context.on('page', (page) => {
    page.on('framenavigated', (frame) => {
      const parent = frame.parentFrame();
      if (parent && originOf(frame) !== originOf(parent)) offences.push(`frames ${frame.url()}`);
    });
    page.on('dialog', (dialog) => offences.push(`shows the dialog ${dialog.message()}`));
    page.on('download', (download) => offences.push(`downloads ${download.url()}`));
  });
  return { context, offences, close: () => context.close() };
}

const originOf = (frame: Frame) => new URL(frame.url()).origin;

/** Chromium writes a line for every answer of 400 and more; that is what a fault is answered with. */
function isStatus(text: string): boolean {
  return /^Failed to load resource: the server responded with a status of \d{3}/.test(text);
}
