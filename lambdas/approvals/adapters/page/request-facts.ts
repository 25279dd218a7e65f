import type { RequestView } from '../../domain/page-service';
import type { Answer } from '../../domain/request';
import { type Markup, markup } from '../wording/markup';
import { payloadRows, shownValue } from '../wording/payload-rows';
import { answerWord, changesOf, deciderOf, grouped, payloadHeading, STATUS_WORDS } from '../wording/request-words';
import { utcTime } from '../wording/utc-time';
import { shortened, visibleLine } from '../wording/visible-text';

/** Everything that whoever holds a link may know of a request. */
export function requestFacts(view: RequestView): Markup {
  return markup`<p class="stamp ${view.status}">${STATUS_WORDS[view.status]}</p>
<h1><bdi>${view.title}</bdi></h1>
<dl>
<dt>Asked by</dt><dd><bdi>${view.requesterName}</bdi></dd>
<dt>Asked on</dt><dd>${time(view.openedAt)}</dd>
<dt>Decide before</dt><dd>${time(view.expiresAt)}</dd>
</dl>
${decision(view)}
${view.description !== undefined && markup`<h2>Why</h2><p class="said"><bdi>${view.description}</bdi></p>`}
${payloadTable(view)}
${people(view)}`;
}

function decision({ decision }: RequestView): Markup | false {
  if (!decision) return false;
  const decider = deciderOf(decision);
  return markup`<h2>How it ended</h2>
<p>${STATUS_WORDS[decision.status]}${decider !== undefined && markup` by <bdi>${decider}</bdi>`}, ${time(decision.at)}${decision.isEdited && ', with changes'}.</p>
${decision.reason !== undefined && markup`<p class="said"><bdi>${decision.reason}</bdi></p>`}`;
}

function payloadTable(view: RequestView): Markup {
  const { decision } = view;
  const shown = decision?.isEdited ? decision : view;
  const changes = new Map(changesOf(view).map((change) => [change.name, change]));
  const canBeChanged = (member: string) => view.status === 'pending' && Object.hasOwn(view.editable, member);
  const rows = payloadRows(shown.payload).map(({ member, path, text }) => {
    const change = changes.get(member);
    return markup`<tr><th scope="row"><bdi>${path}</bdi>${canBeChanged(member) && markup` <span class="tag">may be changed</span>`}</th><td><bdi>${text}</bdi>${
      change && markup` <span class="tag">was</span> <del><bdi>${shownValue(change.before)}</bdi></del>`
    }</td></tr>
`;
  });
  return markup`<table><caption>${payloadHeading(view.status)}</caption>
<thead><tr><th scope="col">Name</th><th scope="col">Value</th></tr></thead>
<tbody>
${rows.length > 0 ? rows : markup`<tr><td colspan="2">Nothing is handed over.</td></tr>`}</tbody></table>
<p class="hash">Fingerprint of exactly this: <code>${grouped(shown.payloadHash)}</code></p>`;
}

function people(view: RequestView): Markup {
  const { answers, waitingFor, status, ruleInWords } = view;
  return markup`<h2>Who decides</h2>
<p class="rule"><bdi>${ruleInWords}</bdi></p>
<ul class="people">${answers.map(answerItem)}${
    status === 'pending' &&
    waitingFor.map((person) => markup`<li><bdi>${person}</bdi> <span class="quiet">has not answered yet</span></li>`)
  }</ul>`;
}

function answerItem(answer: Answer): Markup {
  return markup`<li><bdi>${answer.person}</bdi> ${answerWord(answer)} <span class="quiet">${time(answer.at)}</span>${
    answer.reason !== undefined && markup`<div class="said"><bdi>${answer.reason}</bdi></div>`
  }</li>`;
}

/** A moment for people and for machines. */
export function time(milliseconds: number): Markup {
  return markup`<time datetime="${new Date(milliseconds).toISOString()}">${utcTime(milliseconds)}</time>`;
}

/** The window's title: what it is about, in one line and not too long. */
export function windowTitle(view: RequestView): string {
  return `${STATUS_WORDS[view.status]}: ${shortened(visibleLine(view.title), 80)}`;
}
