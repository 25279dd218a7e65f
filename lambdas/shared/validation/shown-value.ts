/** A bad value as text, escaped and short, so that an answer can neither be split nor flooded by what was sent. */
export function shownValue(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `an array of ${value.length}`;
  if (value !== null && typeof value === 'object') return 'an object';
  const text = JSON.stringify(typeof value === 'string' && value.length > 60 ? `${value.slice(0, 60)}…` : value);
  return escaped(text);
}

/** A text without what a page or a log line could take for more than text. */
export function escaped(text: string): string {
  return text.replace(
    /[<>\p{Cc}\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
