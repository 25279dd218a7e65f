import { raw } from 'hono/html';
import { type Markup, markup, type Part } from '../wording/markup';
import { PAGE_STYLE } from './page-style';

// Ours alone, so that it may go in as it is; the policy names its hash.
const STYLE = raw(PAGE_STYLE);

/** A whole page. `title` is the window's; `reference` stands in the corner, as in the mails' subjects. */
export function document(page: { title: string; reference?: string; content: Part }): Markup {
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${page.title}</title>
<style>${STYLE}</style>
</head>
<body>
<header><p>Approval</p>${page.reference !== undefined && markup`<p>Reference <b>${page.reference}</b></p>`}</header>
<main>
${page.content}
</main>
<footer>
<p>Nobody will ever ask you for the code from the mail. Type it on this page only, and pass neither the code nor the link on.</p>
</footer>
</body>
</html>
`;
}
