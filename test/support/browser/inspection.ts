import type { Page } from 'playwright-core';
import { axeFindings, misfits } from './accessibility';
import { keepPicture } from './screenshots';
import { DESKTOP, PHONE } from './watched-context';

const WINDOWS = { phone: PHONE, desktop: DESKTOP };
/** The pictures that are kept: both windows, both schemes. */
const PICTURES: Readonly<Record<string, string>> = { phone: 'light', desktop: 'dark' };
const SCHEMES = ['light', 'dark'] as const;

/** What is wrong with pages in some window and colour scheme. */
export class Inspection {
  /** What nobody may ship: grave findings of axe, pages that scroll sideways, texts that cover others. */
  readonly faults: string[] = [];
  /** Minor findings of axe, for whoever likes to go on. */
  readonly remarks = new Set<string>();

  /** Pictures are kept in a folder of the suite's name. */
  constructor(private readonly suite: string) {}

  /** Looks at the page as it stands, without loading it again, on a phone and on a desktop, in light and dark. */
  async look(page: Page, state: string): Promise<void> {
    for (const [window, size] of Object.entries(WINDOWS)) {
      await page.setViewportSize(size);
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme });
        const where = `${state}, ${window}, ${colorScheme}`;
        this.faults.push(...(await misfits(page)).map((misfit) => `${where}: ${misfit}`));
        const { grave, light } = await axeFindings(page, colorScheme === 'light' ? 'all' : 'colours');
        this.faults.push(...grave.map((finding) => `${where}: ${finding}`));
        for (const finding of light) this.remarks.add(`${state}: ${finding}`);
        if (PICTURES[window] === colorScheme) await keepPicture(page, this.suite, `${state}, ${window}`);
      }
    }
  }
}
