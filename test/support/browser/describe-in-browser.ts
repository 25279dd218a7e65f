import type { Browser } from 'playwright-core';
import { findChromium, launchChromium } from './chromium';

/** What a machine without a Chromium is told: it must not be overlooked that nothing was tried. */
export const NO_CHROMIUM =
  'NOT TESTED: no Chromium or Chrome was found, so that no browser has opened the approval page and the inbox. ' +
  'Install one (Debian: apt-get install chromium; Ubuntu, macOS: Google Chrome), or let CHROMIUM name it.';

/** Whether a machine without a Chromium fails: where changes are let in, or where somebody asks for it. */
export function mustHaveBrowser(env: NodeJS.ProcessEnv = process.env): boolean {
  return [env.CI, env.STEPWRIGHT_REQUIRE_BROWSER].some((value) => value === '1' || value === 'true');
}

/**
 * A suite that a real Chromium runs; `define` gets a way to it. Where there is none, one test says so on standard error,
 * and fails if {@link mustHaveBrowser}.
 */
export function describeInBrowser(title: string, define: (browser: () => Browser) => void): void {
  const executablePath = findChromium();
  if (executablePath === undefined) {
    it(`${title}: says that there is no Chromium to run in`, () => {
      process.stderr.write(`\n${'!'.repeat(80)}\n${title}\n${NO_CHROMIUM}\n${'!'.repeat(80)}\n\n`);
      if (mustHaveBrowser()) throw new Error(NO_CHROMIUM);
    });
    return;
  }
  describe(title, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launchChromium(executablePath);
    });
    afterAll(() => browser?.close());
    define(() => browser);
  });
}
