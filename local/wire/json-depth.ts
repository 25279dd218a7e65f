/** Deeper values cannot be written again, nor kept: both go from level to level, and the stack ends at some thousands. */
export const MOST_LEVELS = 1000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/** Whether a text that is JSON holds values in values beyond {@link MOST_LEVELS}. Short ones are not looked at: they cannot. */
export function isTooDeep(json: Buffer): boolean {
  if (json.length < 2 * MOST_LEVELS) return false;
  let depth = 0;
  let isText = false;
  for (let at = 0; at < json.length; at++) {
    const byte = json[at]!;
    if (isText) {
      if (byte === BACKSLASH) at++;
      else if (byte === QUOTE) isText = false;
    } else if (byte === QUOTE) isText = true;
    else if (OPENING.has(byte) && ++depth > MOST_LEVELS) return true;
    else if (CLOSING.has(byte)) depth--;
  }
  return false;
}
