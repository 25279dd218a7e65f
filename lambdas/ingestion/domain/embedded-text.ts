import { createHash } from 'node:crypto';

/** What is embedded of a chunk: its headings from the outermost, then its text. */
export function embeddedText({
  heading,
  text,
}: {
  readonly heading: readonly string[];
  readonly text: string;
}): string {
  return heading.length === 0 ? text : `${heading.join(' › ')}\n\n${text}`;
}

/** SHA-256 in base64url of a text that is embedded: what the embedding cache knows it by. */
export function textHashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}
