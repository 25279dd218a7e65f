import { createHash } from 'node:crypto';

/**
 * Gives chunks their ids: 22 characters from the document, the headings, the text and how many equal ones came before. What stands
 * elsewhere in the document does not change them.
 */
export class ChunkIds {
  private readonly seen = new Map<string, number>();

  constructor(private readonly documentId: string) {}

  /** The id of the next chunk. */
  idOf(heading: readonly string[], text: string): string {
    const content = `${this.documentId}\n${heading.join(' › ')}\n${normalised(text)}`;
    const first = digest(content);
    const occurrence = this.seen.get(first) ?? 0;
    this.seen.set(first, occurrence + 1);
    return digest(`${content}\n${occurrence}`);
  }
}

function normalised(text: string): string {
  return text.normalize('NFC').replace(/\s+/g, ' ').trim();
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 22);
}
