import type { Frame, Page } from 'playwright-core';

/** Presses Tab until what has the focus is what is looked for: its tag, id and text. Throws when it is never reached. */
export async function tabTo(page: Page, isThere: (focus: string) => boolean): Promise<void> {
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
export async function openedByEnter(page: Page): Promise<Page> {
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
