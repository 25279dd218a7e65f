/** A text of somebody else's, without what a terminal would obey. */
export function printable(text: unknown): string {
  return String(text).replace(/[\p{Cc}\p{Cf}]/gu, (character) =>
    character === '\n' ? ' ' : `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
