import { type Markup, markup } from '../wording/markup';
import { document } from './document';
import type { PageAnswer } from './page-answer';

/** The one answer to every link that opens nothing, and to every other path: it depends on nothing. */
export const UNKNOWN_PAGE: PageAnswer = {
  status: 404,
  outcome: 'unknown',
  body: messagePage(
    'This link opens nothing',
    markup`<p>Check that the whole link from the mail is in the address bar. Some mail programs break a long link in two.</p>
<p>If it still opens nothing, ask whoever sent you here.</p>`,
  ),
};

/** A POST that came from another site's page. */
export const FOREIGN_PAGE: PageAnswer = {
  status: 403,
  outcome: 'foreign',
  body: messagePage(
    'Not accepted',
    markup`<p>Your answer was not sent from this page, so that nothing is recorded.</p>
<p>Open the link from the mail in an up-to-date browser and answer there.</p>`,
  ),
};

/** A form that this page did not make. */
export const MALFORMED_PAGE: PageAnswer = {
  status: 400,
  outcome: 'malformed',
  body: messagePage(
    'Not understood',
    markup`<p>What was sent is not this page’s form, or holds characters that cannot be typed. Nothing is recorded.</p>
<p>Open the link from the mail again and answer there.</p>`,
  ),
};

/** A body of another kind. */
export const MEDIA_TYPE_PAGE: PageAnswer = { ...MALFORMED_PAGE, status: 415, outcome: 'media-type' };

/** A body that is larger than any honest form. */
export const TOO_LARGE_PAGE: PageAnswer = {
  status: 413,
  outcome: 'too-large',
  body: messagePage('Too large', markup`<p>What was sent is too large. Nothing is recorded; shorten the texts.</p>`),
};

/** Something broke. Whether the answer was recorded is not known here. */
export const BROKEN_PAGE: PageAnswer = {
  status: 503,
  outcome: 'failed',
  headers: { 'retry-after': '1' },
  body: messagePage(
    'Something went wrong',
    markup`<p>Open the link from the mail again in a moment: it shows where the request stands. Sending the same answer twice does no harm.</p>`,
  ),
};

/** A page with a heading and a text, and nothing of any request. */
export function messagePage(heading: string, text: Markup): Markup {
  return document({
    title: heading,
    content: markup`<article class="slip ended"><div class="alone"><h1>${heading}</h1>${text}</div></article>`,
  });
}
