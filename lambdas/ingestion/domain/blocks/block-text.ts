import type { Block } from '../blocks';

/** All the words of a block, a line for each item, row or line. */
export function blockText(block: Block): string {
  switch (block.kind) {
    case 'list':
      return block.items.join('\n');
    case 'table':
      return [...(block.header ? [block.header] : []), ...block.rows].map(rowText).join('\n');
    default:
      return block.text;
  }
}

/** A table's row on one line. */
export function rowText(cells: readonly string[]): string {
  return cells.join(' | ');
}
