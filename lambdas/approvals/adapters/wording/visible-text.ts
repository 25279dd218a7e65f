/**
 * Makes user text honest: what can neither be seen nor is a line break, or turns the direction of the text around it,
 * is shown by its number, as `‹U+202E›`. That covers control characters, bidi controls, zero-width and other ignorable
 * characters, line separators that are not LF, and lone surrogates. Joiners and variation selectors stay where they
 * belong to an emoji. CRLF and CR become LF.
 */
export function visibleText(text: string): string {
  return text.replace(/\r\n?/g, '\n').replace(HIDDEN, (found) => (EMOJI_PART.test(found) ? found : numbered(found)));
}

/** As visibleText, in one line: line breaks become `⏎`, tabs a space. */
export function visibleLine(text: string): string {
  return visibleText(text).replaceAll('\n', ' ⏎ ').replaceAll('\t', ' ');
}

/** A text of at most so many characters; `…` stands for what was cut off. */
export function shortened(text: string, characters: number): string {
  const all = [...text];
  return all.length <= characters ? text : `${all.slice(0, characters - 1).join('')}…`;
}

/** An emoji with its selectors, joiners and tones, or a hidden character. LF and tab are neither. */
const HIDDEN =
  /\p{Extended_Pictographic}[\u{1F3FB}-\u{1F3FF}\uFE0F]*(?:\u200D\p{Extended_Pictographic}[\u{1F3FB}-\u{1F3FF}\uFE0F]*)*|[0-9#*]\uFE0F\u20E3|(?![\n\t])[\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}\u2028\u2029\u2800\uFFF9-\uFFFB]/gu;

const EMOJI_PART = /^[\p{Extended_Pictographic}0-9#*]/u;

function numbered(character: string): string {
  return `‹U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}›`;
}
