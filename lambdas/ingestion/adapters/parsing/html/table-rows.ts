import { type HTMLElement as Element, NodeType } from 'node-html-parser';

/** A table of HTML as rows of texts. */
export interface TableRows {
  readonly header?: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** It holds other tables or one column: it places things on a page. */
  readonly isLayout: boolean;
}

/** Reads a table; the first row is its header when it stands in `thead` or has only `th`. Cells that span are not repeated. */
export function rowsOf(table: Element, textOf: (cell: Element) => string): TableRows {
  if (table.querySelector('table')) return { rows: [], isLayout: true };
  const rows: string[][] = [];
  let header: string[] | undefined;
  for (const row of rowElements(table)) {
    const cells = childElements(row).filter((cell) => /^t[dh]$/i.test(cell.rawTagName));
    const texts = cells.map(textOf);
    if (texts.every((text) => text === '')) continue;
    const isHead =
      /^thead$/i.test(row.parentNode?.rawTagName ?? '') || cells.every((cell) => /^th$/i.test(cell.rawTagName));
    if (isHead && !header && rows.length === 0) header = texts;
    else rows.push(texts);
  }
  const isLayout = rows.every((row) => row.length < 2) && (header?.length ?? 0) < 2;
  return { header, rows, isLayout };
}

function rowElements(table: Element): Element[] {
  return childElements(table).flatMap((child) => {
    if (/^tr$/i.test(child.rawTagName)) return [child];
    return /^t(head|body|foot)$/i.test(child.rawTagName)
      ? childElements(child).filter((row) => /^tr$/i.test(row.rawTagName))
      : [];
  });
}

function childElements(element: Element): Element[] {
  return element.childNodes.filter((node): node is Element => node.nodeType === NodeType.ELEMENT_NODE);
}
