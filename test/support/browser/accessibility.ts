import { readFileSync } from 'node:fs';
import type { AxeResults, Result } from 'axe-core';
import type { Page } from 'playwright-core';

/** What axe found, a line per rule and element. */
export interface AxeFindings {
  /** Serious and critical. */
  readonly grave: readonly string[];
  /** Minor and moderate. */
  readonly light: readonly string[];
}

const GRAVE = new Set(['serious', 'critical']);

const AXE = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Looks at the page as it stands with every rule of axe-core, or with those about colours alone: no other sees the colour
 * scheme. The frames of other documents are not looked into.
 */
export async function axeFindings(page: Page, rules: 'all' | 'colours' = 'all'): Promise<AxeFindings> {
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(AXE);
  // Nothing is fetched: the pages load no style from elsewhere.
  const options = { resultTypes: ['violations'], iframes: false, preload: false };
  const { violations } = await page.evaluate<AxeResults>(
    `axe.run(document, ${JSON.stringify({ ...options, ...(rules === 'colours' && { runOnly: ['cat.color'] }) })})`,
  );
  const lines = (isWanted: (violation: Result) => boolean) =>
    violations
      .filter(isWanted)
      .flatMap(({ id, impact, nodes }) => nodes.map(({ target }) => `${impact}: ${id} at ${target.join(' ')}`));
  return { grave: lines(({ impact }) => GRAVE.has(impact!)), light: lines(({ impact }) => !GRAVE.has(impact!)) };
}

/** By how many pixels a page is wider than its window; 0 where nobody has to scroll sideways. */
export function sidewaysPixels(page: Page): Promise<number> {
  return page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth');
}
