import { spacedCode } from '../wording/request-words';
import { visibleLine, visibleText } from '../wording/visible-text';
import type { Block, Letter } from './letter';
import { wrapped } from './wrapped-text';

/** The widest line, apart from the link's, which stays in one piece. */
const WIDTH = 76;

/** What stands before every line that people wrote, and before no other. */
const QUOTE = '  | ';

/** What stands before all lines of an item but its first, so that none of them passes for an item. */
const HANG = '    ';

/** A letter as plain text. */
export function letterText({ heading, blocks }: Letter): string {
  return `${[heading, '='.repeat(heading.length)].join('\n')}\n\n${blocks.map(blockText).join('\n\n')}\n`;
}

function blockText(block: Block): string {
  switch (block.kind) {
    case 'words':
      return wrapped(block.text, WIDTH).join('\n');
    case 'fact':
      return `${block.label}:\n    ${block.full ?? block.text}`;
    case 'quote':
      return `${block.label}:\n${quoted(block.text)}`;
    case 'items':
      return [`${block.label}:`, ...block.items.map((item) => quoted(item, HANG))].join('\n');
    case 'rows': {
      const rows = block.rows.map(({ name, value }) => quoted(`${visibleLine(name)}: ${value}`, HANG));
      if (rows.length === 0) return `${block.label}:\n    (nothing is handed over)`;
      return [`${block.label}:`, ...rows, ...(block.more > 0 ? [`    (${block.more} more on the page)`] : [])].join(
        '\n',
      );
    }
    case 'door':
      return `${block.label}:\n${block.url}\n\nYour code: ${spacedCode(block.code)}`;
    case 'care':
      return ['-'.repeat(WIDTH), ...wrapped(block.text, WIDTH)].join('\n');
  }
}

function quoted(text: string, hang = ''): string {
  return visibleText(text)
    .split('\n')
    .flatMap((line) => wrapped(line.replaceAll('\t', '  '), WIDTH - QUOTE.length - hang.length))
    .map((line, index) => `${QUOTE}${index > 0 ? hang : ''}${line}`.trimEnd())
    .join('\n');
}
