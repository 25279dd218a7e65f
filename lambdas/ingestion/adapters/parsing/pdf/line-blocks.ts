/** Lines of all pages to paragraphs and headings. */
import type { Block } from '../../../domain/blocks';
import type { Line } from './page-lines';

/** Larger than most of the text by this factor is a heading. */
const HEADING_FACTOR = 1.15;
const LONGEST_HEADING = 200;
/** A gap beyond, in heights of a line, begins a paragraph. */
const PARAGRAPH_GAP = 1.75;
const DEEPEST_HEADING = 4;

/** Blocks in the order of the lines. */
export function* blocksOfLines(lines: readonly Line[]): Generator<Block> {
  const headingSizes = headingSizesOf(lines);
  let open: Line[] = [];
  for (const line of lines) {
    const last = open.at(-1);
    if (last && !continues(last, line)) {
      yield* blockOf(open, headingSizes);
      open = [];
    }
    open.push(line);
  }
  yield* blockOf(open, headingSizes);
}

function* blockOf(lines: readonly Line[], headingSizes: readonly number[]): Generator<Block> {
  const [first] = lines;
  if (!first) return;
  const text = joinLines(lines.map((line) => line.text));
  const rank = headingSizes.indexOf(first.size);
  if (rank >= 0 && text.length <= LONGEST_HEADING) {
    yield { kind: 'heading', level: (Math.min(rank, DEEPEST_HEADING - 1) + 1) as 1 | 2 | 3 | 4, text };
  } else {
    yield { kind: 'paragraph', text };
  }
}

/** The same size, the next line down, the same page. */
function continues(last: Line, line: Line): boolean {
  if (last.page !== line.page || last.size !== line.size) return false;
  const gap = last.y - line.y;
  return gap >= 0 && gap <= Math.max(last.size, 1) * PARAGRAPH_GAP;
}

/** A word that was hyphenated at a line's end becomes whole. */
function joinLines(texts: readonly string[]): string {
  let text = texts[0]!;
  for (const next of texts.slice(1)) {
    const isHyphenated = /\p{Ll}-$/u.test(text.slice(-4)) && /^\p{Ll}/u.test(next);
    text = isHyphenated ? text.slice(0, -1) + next : `${text} ${next}`;
  }
  return text;
}

/** Sizes of headings, the largest first. */
function headingSizesOf(lines: readonly Line[]): number[] {
  const characters = new Map<number, number>();
  for (const { size, text } of lines) characters.set(size, (characters.get(size) ?? 0) + text.length);
  const [body = 0] = [...characters].sort(([, a], [, b]) => b - a)[0] ?? [];
  return [...characters.keys()].filter((size) => size >= body * HEADING_FACTOR && body > 0).sort((a, b) => b - a);
}
