import type { LinkView, RequestView } from '../../domain/page-service';
import { type Markup, markup } from '../wording/markup';
import { referenceOf } from '../wording/request-words';
import { decisionForm, delegateForm } from './approver-forms';
import { document } from './document';
import type { Faults } from './form-parts';
import { messagePage } from './message-pages';
import { faultSummary } from './notice';
import { requestFacts, windowTitle } from './request-facts';
import { revokeForm } from './requester-form';
import type { Submission } from './submission';

/** A link that opens a request. */
export type OpenLink = Extract<LinkView, { kind: 'request' }>;
/** A link that was valid once. */
export type DeadLink = Extract<LinkView, { kind: 'dead' }>;

/** What happened to an answer just now: shown above everything else. */
export interface Happened {
  /** What was typed, the code apart. */
  readonly typed?: Submission;
  readonly faults?: Faults;
  /** Instead of the summary of `faults`. */
  readonly news?: Markup;
  /** Whether the window's title says that something is wrong. */
  readonly isError?: boolean;
}

/** The page of a request as whoever holds the link may see and answer it. */
export function requestPage(link: OpenLink, happened: Happened = {}): Markup {
  return slip(link.view, answerPart(link, happened), happened, link.can.length > 0);
}

/** A link that was valid once: why it is not, and what was decided if anything was. */
export function deadPage({ why, view }: DeadLink): Markup {
  const heading = why === 'closed' ? 'This link is closed' : 'This link was replaced';
  const text =
    why === 'closed'
      ? 'Five wrong codes were typed, so that it takes no answer any more.'
      : 'The request was handed on, or you were sent a newer link.';
  if (!view) return messagePage(heading, markup`<p>${text}</p><p>${DEAD_ADVICE[why]}</p>`);
  return slip(view, markup`<h2>${heading}</h2><p>${text}</p>`, {}, false);
}

const DEAD_ADVICE = {
  closed: 'A reminder brings a new link, if one is still due; whoever looks after approvals can send one at once.',
  replaced: 'Use the latest mail about it. If there is none, it is somebody else’s turn to decide.',
} as const;

/** The slip: the facts, and the part to tear off. Only a form is worth a column of its own. */
function slip(view: RequestView, answer: Markup, happened: Happened, hasForm: boolean): Markup {
  const { faults = [], news, isError = faults.length > 0 } = happened;
  return document({
    title: isError ? `Error. ${windowTitle(view)}` : windowTitle(view),
    reference: referenceOf(view.requestId),
    content: markup`${news ?? (faults.length > 0 && faultSummary(faults))}
<article class="slip${hasForm && ' two'}${view.status !== 'pending' && ' ended'}">
<section class="facts" aria-label="What is asked">
${requestFacts(view)}
</section>
<section class="answer" aria-label="Your answer">
${answer}
</section>
</article>`,
  });
}

function answerPart(link: OpenLink, { typed, faults = [] }: Happened): Markup {
  const { view, can, role, person, whyNot } = link;
  const forms = { view, can, typed, faults };
  const you = markup`<p class="you">You are here as <bdi>${person}</bdi>.</p>`;
  if (view.status !== 'pending') {
    return markup`<h2>No answer is needed</h2><p>This request has ended. Nothing can be changed any more.</p>${you}`;
  }
  if (role === 'requester') {
    return can.includes('revoke')
      ? markup`<h2>Take it back</h2><p>You asked for this. Until it is decided you may withdraw it.</p>${you}${revokeForm(forms)}`
      : markup`<h2>Your request</h2><p>It can no longer be withdrawn.</p>${you}`;
  }
  if (can.includes('approve') || can.includes('reject')) {
    return markup`<h2>Your answer</h2>${you}${decisionForm(forms)}${can.includes('delegate') && delegateForm(forms)}`;
  }
  if (whyNot === 'answered') {
    return markup`<h2>You have answered</h2><p>Thank you. The others are still being waited for.</p>${you}`;
  }
  if (whyNot === 'not-your-turn') {
    return markup`<h2>Not your turn yet</h2><p>Others answer before you. You will get a mail when it is your turn.</p>${you}`;
  }
  return markup`<h2>The time is over</h2><p>No answer is taken any more, and so the answer is no.</p>${you}`;
}
