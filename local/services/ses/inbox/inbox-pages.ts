/**
 * Owns the URLs of the inbox: what a person reads in the browser and what a program reads as JSON.
 * - `/inbox`, `?to=ADDRESS`, `?page=N`
 * - `/inbox/{id}`: one mail
 * - `/inbox/{id}/html`: its HTML part alone, for the frame of that page
 * - `/inbox/{id}/source`: the raw message
 * Refuses everything active: no script runs, nothing is loaded from elsewhere, no other page may frame these.
 */
import type { PageRequest, RestResponse } from '../../../wire/service';
import { readMessage } from '../message/read-message';
import { htmlPart } from './html-part';
import type { Inbox, Mail } from './inbox';
import { mailJson, summaryJson } from './inbox-json';
import { PAGE_POLICY } from './layout';
import { listPage } from './list-page';
import { mailPage, missingPage } from './mail-page';

/** The frame's document shows what a stranger wrote: its policy forbids all but its looks, also when it is opened by itself. */
const PART_POLICY = [
  "default-src 'none'",
  "style-src 'unsafe-inline'",
  'img-src data:',
  'font-src data:',
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'self'",
  'sandbox allow-popups allow-popups-to-escape-sandbox',
].join('; ');
const SOURCE_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

/** Answers a request under `/inbox`. */
export async function answerInbox(inbox: Inbox, request: PageRequest): Promise<RestResponse> {
  const [id, part, ...more] = request.path.split('/').filter(Boolean);
  const isJson = wantsJson(request.headers.accept);
  if (id === undefined) return isJson ? json(200, listJson(inbox, request)) : html(200, listHtml(inbox, request));
  const mail = inbox.find(id);
  if (!mail || more.length > 0) return missing(isJson);
  if (part === 'source') return sourceOf(mail);
  const message = await readMessage(mail.source);
  if (part === 'html' && message.html !== undefined) return html(200, htmlPart(message), PART_POLICY);
  if (part !== undefined) return missing(isJson);
  if (isJson) return json(200, mailJson(inbox, mail, message));
  // A program that reads along leaves a mail unread; so does asking for the headers alone.
  if (request.method === 'GET') inbox.markRead(mail);
  return html(200, mailPage(mail, message));
}

function listJson(inbox: Inbox, { query }: PageRequest): object {
  return { messages: inbox.list(query.get('to') ?? undefined).map((mail) => summaryJson(inbox, mail)) };
}

function listHtml(inbox: Inbox, { query }: PageRequest): string {
  const to = query.get('to')?.trim() || undefined;
  const page = Number(query.get('page') ?? 1);
  return listPage(inbox, { to, page: Number.isInteger(page) && page > 0 ? page : 1 });
}

function wantsJson(accept = ''): boolean {
  return accept.includes('application/json') && !accept.includes('text/html');
}

function missing(isJson: boolean): RestResponse {
  return isJson ? json(404, { message: 'There is no such mail.' }) : html(404, missingPage());
}

function json(statusCode: number, body: object): RestResponse {
  return { statusCode, headers: { 'content-type': 'application/json', vary: 'Accept' }, body: JSON.stringify(body) };
}

function html(statusCode: number, body: string, policy = PAGE_POLICY): RestResponse {
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy, vary: 'Accept' };
  return { statusCode, headers, body };
}

function sourceOf(mail: Mail): RestResponse {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'content-security-policy': SOURCE_POLICY };
  return { statusCode: 200, headers, body: mail.source };
}
