import { html } from 'hono/html';
import type { Inbox, Mail, RecipientCount } from './inbox';
import { type Markup, pageOf, timeOf } from './layout';

const MAILS_A_PAGE = 100;
/** Recipients that have a button; the others are found by typing. */
const BUTTONS = 12;

const TRY = `aws sesv2 create-email-identity --email-identity me@example.com
aws sesv2 send-email --from-email-address me@example.com \\
  --destination ToAddresses=you@example.com \\
  --content 'Simple={Subject={Data=Hello},Body={Text={Data=World}}}'`;

/** The list of mails, newest first. */
export function listPage(inbox: Inbox, { to, page }: { to?: string; page: number }): string {
  const mails = inbox.list(to);
  const from = (page - 1) * MAILS_A_PAGE;
  const shown = mails.slice(from, from + MAILS_A_PAGE);
  const recipients = inbox.recipients();
  const unread = inbox.list().filter((mail) => inbox.isUnread(mail)).length;
  const content = html`<div class="page">
<header><div class="top"><h1>Inbox</h1><a href="${here(to, page)}">Refresh</a></div>
<p class="quiet">Mail that the embedded SES took. None of it leaves this machine.</p></header>
<main>
${recipients.length > 0 ? filters(recipients, unread, to) : ''}
${shown.length > 0 ? list(inbox, shown) : empty(to)}
${pages(to, page, from + MAILS_A_PAGE < mails.length)}
</main>
</div>`;
  return pageOf(unread > 0 ? `(${unread}) Inbox` : 'Inbox', content);
}

/** The URL of a page of the list. */
function here(to: string | undefined, page = 1): string {
  const query = new URLSearchParams({ ...(to !== undefined && { to }), ...(page > 1 && { page: String(page) }) });
  return query.size > 0 ? `/inbox?${query}` : '/inbox';
}

function filters(recipients: readonly RecipientCount[], unread: number, to: string | undefined): Markup {
  const isHere = (address: string) => address === to?.toLowerCase();
  const first = recipients.slice(0, BUTTONS);
  const current = recipients.slice(BUTTONS).filter(({ address }) => isHere(address));
  return html`<nav aria-label="Recipients"><ul class="filters">
<li><a href="/inbox" ${to === undefined ? html`aria-current="page"` : ''}><span>Everybody</span>${count(unread)}</a></li>
${[...first, ...current].map(
  (
    recipient,
  ) => html`<li><a href="${here(recipient.address)}" ${isHere(recipient.address) ? html`aria-current="page"` : ''}><span>${recipient.address}</span>${count(recipient.unread)}</a></li>
`,
)}</ul></nav>
<form class="search" method="get" action="/inbox">
<label for="to">Mail to</label>
<input id="to" name="to" type="email" inputmode="email" autocomplete="off" value="${to ?? ''}" placeholder="somebody@example.com">
<button type="submit">Show</button>
</form>`;
}

function count(unread: number): Markup | string {
  return unread > 0 ? html`<span class="unread-count">${unread}<span class="word"> unread</span></span>` : '';
}

function list(inbox: Inbox, mails: readonly Mail[]): Markup {
  return html`<ol class="mails">
${mails.map((mail) => item(mail, inbox.isUnread(mail)))}</ol>`;
}

function item(mail: Mail, isUnread: boolean): Markup {
  const { to, cc, bcc } = mail.recipients;
  return html`<li class="${isUnread ? 'is-unread' : 'is-read'}"><a href="/inbox/${encodeURIComponent(mail.id)}">
<span class="dot" ${isUnread ? html`role="img" aria-label="Unread"` : html`aria-hidden="true"`}></span>
<span class="subject">${mail.subject || '(no subject)'}${badges(mail)}</span>
${timeOf(mail.sentAtMs)}
<span class="who">${mail.from} → ${[...to, ...cc, ...bcc].join(', ')}</span>
</a></li>
`;
}

function badges(mail: Mail): Markup[] {
  const kinds = new Set([...mail.outcomes.values()].map(({ kind }) => kind));
  const files = mail.attachmentNames.length;
  return [
    ...(kinds.has('bounced') ? [html`<span class="badge bounced">Bounced</span>`] : []),
    ...(kinds.has('complained') ? [html`<span class="badge complained">Complaint</span>`] : []),
    ...(files > 0 ? [html`<span class="badge plain">${files} ${files === 1 ? 'file' : 'files'}</span>`] : []),
  ];
}

function empty(to: string | undefined): Markup {
  if (to !== undefined) {
    return html`<section class="empty"><h2>No mail to ${to}</h2>
<p>Nothing was sent to this address since the embedded AWS started. <a href="/inbox">Show everybody’s mail</a></p></section>`;
  }
  return html`<section class="empty"><h2>No mail yet</h2>
<p>Start a workflow that sends mail, or send one yourself, with <code>AWS_ENDPOINT_URL</code> set to this port. It is here as
soon as you refresh this page.</p>
<pre>${TRY}</pre></section>`;
}

function pages(to: string | undefined, page: number, hasOlder: boolean): Markup | string {
  if (page === 1 && !hasOlder) return '';
  return html`<nav class="pages" aria-label="Pages">
<span>${page > 1 ? html`<a href="${here(to, page - 1)}">Newer</a>` : ''}</span>
<span>${hasOlder ? html`<a href="${here(to, page + 1)}">Older</a>` : ''}</span>
</nav>`;
}
