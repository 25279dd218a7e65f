/**
 * Owns what a person or a web server opens without credentials: the mail that SNS would have sent, and the links that confirm or
 * end a subscription. A link has a secret of its subscription in it; whoever has it may use it, as on AWS.
 */
import type { PageRequest, Pages, RestResponse } from '../../wire/service';
import { confirm } from './actions/confirm-subscription';
import type { Mail, Subscription } from './model';
import type { Sns } from './sns';

const POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; frame-ancestors 'none'";

/** `/sns`, `/sns/confirm`, `/sns/unsubscribe`. */
export function snsPages(sns: Sns): Pages {
  return { path: '/sns', answer: (request) => answer(sns, request) };
}

function answer(sns: Sns, { path, query, method }: PageRequest): RestResponse {
  const isRead = method === 'GET';
  switch (path) {
    case '':
    case '/':
      return html(200, mailsPage(sns));
    case '/confirm': {
      const subscription = isRead ? confirm(sns, query.get('TopicArn'), query.get('Token'), false) : undefined;
      return html(200, textPage('Subscription confirmed!', subscription?.arn ?? ''));
    }
    case '/unsubscribe': {
      const subscription = sns.store.subscription(query.get('SubscriptionArn') ?? '');
      if (!subscription) return html(404, textPage('Subscription does not exist', ''));
      if (subscription.needsAuthenticationToUnsubscribe) return html(403, textPage('Only its owner may end it', ''));
      if (isRead) sns.store.deleteSubscription(subscription);
      return html(200, textPage('Subscription removed!', subscription.arn));
    }
    default:
      return html(404, textPage('Not found', ''));
  }
}

function mailsPage(sns: Sns): string {
  const pending = sns.store.allSubscriptions().filter(({ isPending }) => isPending);
  return page(
    'Mail of SNS',
    `<h1>Subscriptions that wait to be confirmed</h1>${list(pending.map(pendingItem))}` +
      `<h1>Mail</h1>${list(sns.store.allMails().map(mailItem))}`,
  );
}

function pendingItem({ protocol, endpoint, topicArn }: Subscription): string {
  return `<li>${escaped(protocol)} ${escaped(endpoint)} to ${escaped(topicArn)}</li>`;
}

function mailItem({ to, subject, text, link, sentAtMs }: Mail): string {
  const confirmation = link ? `<p><a href="${escaped(link)}">Confirm subscription</a></p>` : '';
  return (
    `<li><b>${escaped(subject)}</b> to ${escaped(to)}, ${new Date(sentAtMs).toISOString()}` +
    `<pre>${escaped(text)}</pre>${confirmation}</li>`
  );
}

function list(items: readonly string[]): string {
  return items.length === 0 ? '<p>None.</p>' : `<ul>${items.join('')}</ul>`;
}

function textPage(title: string, text: string): string {
  return page(title, `<h1>${escaped(title)}</h1><p>${escaped(text)}</p>`);
}

function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escaped(title)}</title><body>${body}</body></html>`;
}

function html(statusCode: number, body: string): RestResponse {
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': POLICY };
  return { statusCode, headers, body };
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
