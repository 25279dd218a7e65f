import { html } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { visibleText } from './visible-text';

/** HTML that is safe to write as it is. */
export type Markup = HtmlEscapedString;

/** What may stand in a template: text, which is escaped, HTML, lists of both; `false` and undefined are nothing. */
export type Part = string | number | false | undefined | Markup | readonly Part[];

/**
 * HTML from a template. Every text is made visible (visibleText) and escaped, for elements and for quoted attributes;
 * only what this function made goes in unescaped.
 */
export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  // Nothing that is handed in is a promise, so the answer is none.
  return html(strings, ...parts.map(shown)) as Markup;
}

/** A text that is escaped only: the value of a form field, which must come back as it went out. */
export function exactly(text: string): Markup {
  return html`${text}` as Markup;
}

function shown(part: Part): Part {
  if (typeof part === 'string') return visibleText(part);
  return Array.isArray(part) ? part.map(shown) : part;
}
