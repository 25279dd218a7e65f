/**
 * Writes the message that SES makes of a Simple or a Template content: the headers of its own, the parts, the attachments.
 * https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Message.html
 */
import { parseMailbox } from '../address';
import type { HeaderField } from '../model';
import { base64Lines, encodeBody, encodeHeader } from './encode-text';

/** A file that travels with a mail. */
export interface AttachedFile {
  readonly fileName: string;
  readonly content: Buffer;
  readonly contentType: string;
  readonly isInline: boolean;
  readonly contentId?: string;
  readonly description?: string;
}

/** What a message is made of. Addresses as they were given. */
export interface MessageParts {
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly replyTo: readonly string[];
  readonly subject: string;
  readonly text?: string;
  readonly html?: string;
  readonly headers: readonly HeaderField[];
  readonly attachments: readonly AttachedFile[];
}

/** Values that SES gives every message. */
export interface MessageStamp {
  readonly messageId: string;
  readonly date: string;
  /** A word that no part contains. */
  readonly boundary: string;
}

/** The whole message, lines ended by CRLF. */
export function composeMessage(parts: MessageParts, stamp: MessageStamp): Buffer {
  const addresses = (name: string, list: readonly string[]) =>
    list.length === 0 ? [] : [`${name}: ${list.map(writeMailbox).join(',\r\n ')}`];
  const head = [
    `Date: ${stamp.date}`,
    ...addresses('From', [parts.from]),
    ...addresses('Reply-To', parts.replyTo),
    ...addresses('To', parts.to),
    ...addresses('Cc', parts.cc),
    `Message-ID: <${stamp.messageId}@email.amazonses.com>`,
    `Subject: ${encodeHeader(parts.subject)}`,
    ...parts.headers.map(({ name, value }) => `${name}: ${value}`),
    'MIME-Version: 1.0',
  ];
  return Buffer.from(`${head.join('\r\n')}\r\n${content(parts, stamp.boundary)}`, 'utf8');
}

function content({ text, html, attachments }: MessageParts, boundary: string): string {
  const texts = [
    ...(text === undefined ? [] : [textPart('text/plain', text)]),
    ...(html === undefined ? [] : [textPart('text/html', html)]),
  ];
  const body = texts.length === 1 ? texts[0]! : multipart('alternative', `${boundary}_text`, texts);
  if (attachments.length === 0) return body;
  return multipart('mixed', `${boundary}_files`, [body, ...attachments.map(filePart)]);
}

function textPart(type: string, text: string): string {
  const { encoding, body } = encodeBody(text);
  return `Content-Type: ${type}; charset=UTF-8\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${body}`;
}

function filePart(file: AttachedFile): string {
  const disposition = file.isInline ? 'inline' : 'attachment';
  const name = encodeHeader(file.fileName).replace(/["\\]/g, '\\$&');
  const head = [
    `Content-Type: ${file.contentType}; name="${name}"`,
    `Content-Disposition: ${disposition}; filename="${name}"`,
    'Content-Transfer-Encoding: base64',
    ...(file.contentId === undefined ? [] : [`Content-ID: <${file.contentId.replace(/^<|>$/g, '')}>`]),
    ...(file.description === undefined ? [] : [`Content-Description: ${encodeHeader(file.description)}`]),
  ];
  return `${head.join('\r\n')}\r\n\r\n${base64Lines(file.content)}`;
}

function multipart(subtype: string, boundary: string, parts: readonly string[]): string {
  const body = parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('');
  return `Content-Type: multipart/${subtype}; boundary="${boundary}"\r\n\r\n${body}--${boundary}--\r\n`;
}

function writeMailbox(text: string): string {
  const { displayName, address } = parseMailbox(text);
  if (displayName === undefined) return address;
  const encoded = encodeHeader(displayName);
  // Words that are encoded already, and those of plain letters, need no quotes.
  const isBare = encoded !== displayName || /^(=\?[^?]+\?[BbQq]\?[^?]*\?=|[A-Za-z0-9 ]+)$/.test(displayName);
  return `${isBare ? encoded : `"${displayName.replace(/["\\]/g, '\\$&')}"`} <${address}>`;
}
