/** The longest text; a message and its attributes share SQS's limit. */
const LONGEST_TEXT = 300;

/** A text as SQS takes it in an attribute: not empty, no control characters, no halves of surrogate pairs. */
export function attributeText(text: string): string {
  const clean = text.replace(/[\p{Cc}\p{Cs}\ufffe\uffff]/gu, ' ');
  return [...clean].slice(0, LONGEST_TEXT).join('') || 'unknown';
}
