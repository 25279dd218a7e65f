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

/** The rules that a colour scheme can break. */
const COLOUR_RULES = { type: 'rule', values: ['color-contrast', 'link-in-text-block'] };
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
    `axe.run(document, ${JSON.stringify({ ...options, ...(rules === 'colours' && { runOnly: COLOUR_RULES }) })})`,
  );
  const lines = (isWanted: (violation: Result) => boolean) =>
    violations
      .filter(isWanted)
      .flatMap(({ id, impact, nodes }) => nodes.map(({ target }) => `${impact}: ${id} at ${target.join(' ')}`));
  return { grave: lines(({ impact }) => GRAVE.has(impact!)), light: lines(({ impact }) => !GRAVE.has(impact!)) };
}

/** Texts and fields that are wider than the room they have, so that they cover what stands beside them; by their words. */
const SPILLS = `(() => {
  const isSpilling = (element) =>
    element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 0 &&
    getComputedStyle(element).overflowX === 'visible';
  return [...document.body.querySelectorAll('*')]
    .filter(isSpilling)
    .map((element) => element.localName + ' ' + element.textContent.trim().slice(0, 40));
})()`;

/** What does not fit, a line each: the page in its window, and everything on the page in its own box. */
export async function misfits(page: Page): Promise<string[]> {
  const sideways = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  const spills = await page.evaluate<string[]>(SPILLS);
  return [
    ...(sideways > 0 ? [`the page is ${sideways} px too wide`] : []),
    ...spills.map((words) => `too wide for its place: ${words}`),
  ];
}
