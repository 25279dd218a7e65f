/** Owns the frame of the inbox's pages: the document, its looks, and the policy that lets nothing else in. */
import { createHash } from 'node:crypto';
import { html, raw } from 'hono/html';
import { STYLE } from './style';

/** A piece of HTML in which everything is escaped. */
export type Markup = ReturnType<typeof html>;

/** The only style is the one above, known by its hash. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "frame-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A whole page. */
export function pageOf(title: string, content: Markup): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${raw(STYLE)}</style>
</head>
<body>
${content}
</body>
</html>
`;
  return String(page);
}

/** A point in time, in UTC. */
export function timeOf(ms: number): Markup {
  const iso = new Date(ms).toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 10)} <span class="clock">${iso.slice(11, 16)} UTC</span></time>`;
}
