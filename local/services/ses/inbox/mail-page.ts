import { html } from 'hono/html';
import type { Outcome } from '../delivery/outcome';
import { headersOf } from '../message/header-fields';
import type { ReadableMessage } from '../message/read-message';
import type { Mail } from './inbox';
import { type Markup, pageOf, timeOf } from './layout';

/** One mail as its reader sees it, and what is behind it. */
export function mailPage(mail: Mail, message: ReadableMessage): string {
  const subject = mail.subject || '(no subject)';
  const content = html`<div class="page">
<header><a class="back" href="/inbox">← Inbox</a><h1>${subject}</h1></header>
<main>
<dl class="facts">
${fact('From', mail.from)}
${fact('To', mail.recipients.to.join(', '))}
${fact('Cc', mail.recipients.cc.join(', '))}
${fact('Bcc', mail.recipients.bcc.join(', '))}
${fact('Reply to', headersOf(message.headers, 'Reply-To').join(', '))}
<dt>Sent</dt><dd>${timeOf(mail.sentAtMs)}</dd>
${fact('Configuration set', mail.configurationSetName ?? '')}
${fact('Tags', mail.tags.map(({ Name, Value }) => `${Name}=${Value}`).join(', '))}
</dl>
${fates(mail)}
${message.html === undefined ? '' : reading(mail)}
${files(message)}
${plainText(message)}
<details><summary>Headers</summary><table><tbody>
${message.headers.map(
  ({ name, value }) => html`<tr><th scope="row">${name}</th><td>${value}</td></tr>
`,
)}</tbody></table></details>
<p><a href="${urlOf(mail)}/source">Raw source</a> <span class="quiet">${sizeOf(mail.source.length)}, message id ${mail.id}</span></p>
</main>
</div>`;
  return pageOf(`${subject} · Inbox`, content);
}

/** What a URL of a mail shows that is not there. */
export function missingPage(): string {
  const content = html`<div class="page"><main><section class="empty"><h1>There is no such mail</h1>
<p>It may be older than the newest thousand, or from before the embedded AWS was started. <a href="/inbox">Back to the inbox</a></p>
</section></main></div>`;
  return pageOf('No such mail · Inbox', content);
}

function urlOf(mail: Mail): string {
  return `/inbox/${encodeURIComponent(mail.id)}`;
}

function fact(name: string, value: string): Markup | string {
  return value === '' ? '' : html`<dt>${name}</dt><dd>${value}</dd>`;
}

/** Recipients that a mail did not reach, or that complained about it. */
function fates(mail: Mail): Markup | string {
  const notable = [...mail.outcomes].filter(([, { kind }]) => kind !== 'delivered');
  if (notable.length === 0) return '';
  return html`<h2>Delivery</h2><ul class="files">
${notable.map(
  ([address, outcome]) => html`<li>${address} <span class="badge ${outcome.kind}">${words(outcome)}</span></li>
`,
)}</ul>`;
}

function words(outcome: Outcome): string {
  if (outcome.kind === 'delivered') return 'Delivered';
  if (outcome.kind === 'bounced') return outcome.subType === 'General' ? 'Bounced' : 'Bounced: suppressed';
  return outcome.isAttempted ? 'Complaint' : 'Not sent: complained before';
}

/** The HTML part in a frame that runs nothing. The two widths are switched by the style alone. */
function reading(mail: Mail): Markup {
  return html`<h2 id="reading">As its reader sees it</h2>
<div class="reading">
<fieldset><legend>Width</legend>
<label><input type="radio" name="width" id="full" checked> Full</label>
<label><input type="radio" name="width" id="phone"> Phone</label>
</fieldset>
<iframe src="${urlOf(mail)}/html" title="The mail as its reader sees it" sandbox="allow-popups allow-popups-to-escape-sandbox" referrerpolicy="no-referrer"></iframe>
</div>
<p class="quiet">Scripts do not run and pictures from elsewhere are not loaded. Links open in a new tab.</p>`;
}

function files(message: ReadableMessage): Markup | string {
  if (message.attachments.length === 0) return '';
  return html`<h2>Attachments</h2><ul class="files">
${message.attachments.map(
  (
    file,
  ) => html`<li>${file.fileName} <span class="quiet">${file.contentType}, ${sizeOf(file.content.length)}</span></li>
`,
)}</ul>`;
}

function plainText({ html: htmlPart, text }: ReadableMessage): Markup | string {
  if (text === undefined) return '';
  if (htmlPart === undefined) return html`<h2>Message</h2><pre>${linked(text)}</pre>`;
  return html`<details><summary>Plain text</summary><pre>${linked(text)}</pre></details>`;
}

/** Text in which web addresses are links, as mail programs show them. */
function linked(text: string): (Markup | string)[] {
  return text
    .split(/(https?:\/\/[^\s<>"'`]*[^\s<>"'`.,;:!?)\]])/)
    .map((piece, index) =>
      index % 2 === 1 ? html`<a href="${piece}" target="_blank" rel="noopener noreferrer">${piece}</a>` : piece,
    );
}

function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  return bytes < 1024 * 1024 ? `${(bytes / 1024).toFixed(1)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
