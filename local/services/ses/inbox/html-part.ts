import type { ReadableMessage } from '../message/read-message';

/** Media types that an image of a mail may have: pictures that can hold no script. */
const PICTURE = /^image\/(png|jpeg|gif|webp|avif|bmp)$/;

/**
 * The HTML part as a document of its own. Links open in a new tab; pictures that travel with the mail are shown, all else that
 * it refers to is not loaded.
 */
export function htmlPart(message: ReadableMessage): string {
  const pictures = new Map(
    message.attachments
      .filter(({ contentId, contentType }) => contentId && PICTURE.test(contentType))
      .map(({ contentId, contentType, content }) => [
        contentId!,
        `data:${contentType};base64,${content.toString('base64')}`,
      ]),
  );
  const body = (message.html ?? '').replace(/\bcid:([^"'\s<>()]+)/gi, (whole, id: string) => {
    return pictures.get(id) ?? pictures.get(decoded(id)) ?? whole;
  });
  return `<!doctype html><meta charset="utf-8"><base target="_blank">${body}`;
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    return id;
  }
}
