/** Owns the rules for what a caller puts into a message: subject, headers, tags, files. All throw BadRequestException. */
import { badRequest } from '../faults';
import type { AttachedFile } from '../message/compose-message';
import type { HeaderField, MessageTag } from '../model';

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageHeader.html */
const HEADER_NAME = /^[!-9;-@A-~]{1,126}$/;
const HEADER_VALUE = /^[ -~]{1,870}$/;
const LIMIT_HEADERS = 15;
/** Headers that have a member of their own in the request, or that SES writes. */
const OWN_HEADERS = new Set([
  ...['bcc', 'cc', 'content-disposition', 'content-transfer-encoding', 'content-type', 'date', 'from', 'message-id'],
  ...['mime-version', 'reply-to', 'return-path', 'sender', 'subject', 'to'],
]);
/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_MessageTag.html */
const TAG = /^[A-Za-z0-9_-]{1,256}$/;
/** Characters that would end a line, or that nothing shows. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const CONTROL = /[\u0000-\u001f\u007f]/;
const MEDIA_TYPE = /^[A-Za-z0-9!#$&^_.+-]+\/[A-Za-z0-9!#$&^_.+-]+$/;

export function readSubject(subject: string | undefined): string {
  if (subject === undefined) throw badRequest('The subject is missing.');
  if (CONTROL.test(subject)) throw badRequest('The subject contains control characters.');
  return subject;
}

export function readHeaders(headers: readonly { Name?: string; Value?: string }[] = []): HeaderField[] {
  if (headers.length > LIMIT_HEADERS) throw badRequest(`A message takes at most ${LIMIT_HEADERS} headers.`);
  return headers.map(({ Name: name = '', Value: value = '' }) => {
    if (!HEADER_NAME.test(name)) throw badRequest(`Header name is not valid: ${JSON.stringify(name)}`);
    if (OWN_HEADERS.has(name.toLowerCase())) throw badRequest(`The header ${name} cannot be set.`);
    if (!HEADER_VALUE.test(value)) throw badRequest(`The value of the header ${name} is not valid.`);
    return { name, value };
  });
}

export function readTags(tags: readonly Partial<MessageTag>[] = []): MessageTag[] {
  return tags.map(({ Name = '', Value = '' }) => {
    for (const [what, text] of Object.entries({ name: Name, value: Value })) {
      if (TAG.test(text)) continue;
      const rule = 'takes 1 to 256 ASCII letters, numbers, underscores and dashes';
      throw badRequest(`The ${what} of a message tag ${rule}: ${JSON.stringify(text)}`);
    }
    return { Name, Value };
  });
}

interface AttachmentInput {
  readonly FileName?: string;
  readonly RawContent?: string;
  readonly ContentType?: string;
  readonly ContentDisposition?: string;
  readonly ContentDescription?: string;
  readonly ContentId?: string;
}

/** https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_Attachment.html */
export function readAttachments(attachments: readonly AttachmentInput[] = []): AttachedFile[] {
  return attachments.map((file) => {
    const { FileName, RawContent, ContentType = 'application/octet-stream', ContentId, ContentDescription } = file;
    if (!FileName || RawContent === undefined) throw badRequest('An attachment needs a FileName and a RawContent.');
    for (const text of [FileName, ContentId, ContentDescription]) {
      if (text !== undefined && CONTROL.test(text)) throw badRequest('An attachment contains control characters.');
    }
    if (!MEDIA_TYPE.test(ContentType))
      throw badRequest(`The content type of an attachment is not valid: ${ContentType}`);
    return {
      fileName: FileName,
      content: Buffer.from(RawContent, 'base64'),
      contentType: ContentType,
      isInline: file.ContentDisposition === 'INLINE',
      contentId: ContentId,
      description: ContentDescription,
    };
  });
}
