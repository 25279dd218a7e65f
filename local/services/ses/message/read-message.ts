import PostalMime, { type Email } from 'postal-mime';
import { badRequest } from '../faults';

/** A message as its reader sees it. */
export interface ReadableMessage {
  readonly subject: string;
  readonly html?: string;
  readonly text?: string;
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly attachments: readonly ReadableAttachment[];
}

export interface ReadableAttachment {
  readonly fileName: string;
  readonly contentType: string;
  readonly content: Buffer;
  /** Without its angle brackets. */
  readonly contentId?: string;
}

/** Takes a raw message apart. Throws BadRequestException for one that nests or claims more than a mail may. */
export async function readMessage(source: Buffer): Promise<ReadableMessage> {
  let email: Email;
  try {
    email = await PostalMime.parse(source, { maxNestingDepth: 50 });
  } catch (error) {
    throw badRequest(`The raw message could not be read: ${error instanceof Error ? error.message : error}`);
  }
  return {
    subject: email.subject ?? '',
    html: email.html,
    text: email.text,
    headers: email.headers.map(({ originalKey, value }) => ({
      name: originalKey,
      value: PostalMime.decodeWords(value),
    })),
    attachments: email.attachments.map(({ filename, mimeType, contentId, content }) => ({
      fileName: filename ?? '(no name)',
      contentType: mimeType,
      contentId: contentId?.replace(/^<|>$/g, ''),
      content: typeof content === 'string' ? Buffer.from(content) : Buffer.from(content as ArrayBuffer),
    })),
  };
}
