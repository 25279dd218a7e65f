/** The widest text that `$pad` makes: a state hands on no more than 256 KiB anyway. */
const WIDEST_PAD = 1_000_000;

/**
 * `$pad(text, width[, characters])` as JSONata has it (to the right, or to the left for a negative width; counts
 * code points), with a bound: JSONata's own ends the process when it is given a width of some hundred million.
 */
export function pad(text: string | undefined, width: number, characters = ' '): string | undefined {
  if (text === undefined) return undefined;
  if (Math.abs(width) > WIDEST_PAD) throw new Error(`$pad makes texts of at most ${WIDEST_PAD} characters`);
  const filler = characters === '' ? ' ' : characters;
  const missing = Math.abs(width) - Array.from(text).length;
  if (missing <= 0) return text;
  const unit = Array.from(filler);
  const padding = Array.from({ length: missing }, (_, index) => unit[index % unit.length]).join('');
  return width > 0 ? text + padding : padding + text;
}
