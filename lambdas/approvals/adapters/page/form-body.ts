import { MALFORMED_PAGE, MEDIA_TYPE_PAGE, TOO_LARGE_PAGE } from './message-pages';
import type { PageAnswer } from './page-answer';

/** The largest form that is read. */
export const FORM_LIMIT_BYTES = 64 * 1024;

/** A POST that is answered before the link is looked at, so that its answer says nothing of the link. */
export class FormRefused extends Error {
  constructor(readonly answer: PageAnswer) {
    super(answer.outcome);
  }
}

/**
 * The fields of a form, `application/x-www-form-urlencoded` in UTF-8. Throws FormRefused: 415 for another type, 413 for
 * more than FORM_LIMIT_BYTES, 400 for a field that is there twice.
 */
export function readFormBody(contentType: string | undefined, body: Uint8Array): ReadonlyMap<string, string> {
  if (!/^application\/x-www-form-urlencoded\s*(;\s*charset="?utf-8"?\s*)?$/i.test(contentType?.trim() ?? '')) {
    throw new FormRefused(MEDIA_TYPE_PAGE);
  }
  if (body.length > FORM_LIMIT_BYTES) throw new FormRefused(TOO_LARGE_PAGE);
  const fields = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(new TextDecoder().decode(body))) {
    if (fields.has(name)) throw new FormRefused(MALFORMED_PAGE);
    fields.set(name, value);
  }
  return fields;
}
