import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';

/** Where pictures are kept for whoever wants to look; not part of the repository. */
const FOLDER = '.local/test/screenshots';

/** Keeps a picture of the whole page as `<suite>/<name>.png`. */
export async function keepPicture(page: Page, suite: string, name: string): Promise<void> {
  mkdirSync(path.join(FOLDER, suite), { recursive: true });
  await page.screenshot({ path: path.join(FOLDER, suite, `${name}.png`), fullPage: true, animations: 'disabled' });
}
