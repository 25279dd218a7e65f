import { cleanLine } from '../../../domain/blocks/clean-text';

/** A piece of text as PDF.js gives it; marked content has no text. */
export interface TextItem {
  readonly str?: string;
  /** The matrix of the text; its last two are the place, in points from the bottom left. */
  readonly transform?: readonly number[];
  readonly height?: number;
  readonly hasEOL?: boolean;
}

/** A line of a page. */
export interface Line {
  readonly text: string;
  /** Height of the letters in points, to the half. */
  readonly size: number;
  /** Points from the bottom of the page. */
  readonly y: number;
  readonly page: number;
}

/** Lines of a page in the order in which they were written. */
export function linesOfPage(items: readonly TextItem[], page: number): Line[] {
  const lines: Line[] = [];
  let text = '';
  let size = 0;
  let y: number | undefined;
  const end = (): void => {
    const clean = cleanLine(text);
    if (clean) lines.push({ text: clean, size: Math.round(size * 2) / 2, y: y ?? 0, page });
    text = '';
    size = 0;
    y = undefined;
  };
  for (const { str, transform, height = 0, hasEOL } of items) {
    if (str === undefined || !transform) continue;
    const itemY = transform[5] ?? 0;
    // Letters above or below the line, as in exponents, stay on it.
    if (y !== undefined && str.trim() !== '' && Math.abs(itemY - y) > Math.max(size, height) * 0.6) end();
    if (str.trim() !== '') {
      y ??= itemY;
      size = Math.max(size, height);
    }
    text += str;
    if (hasEOL) end();
  }
  end();
  return lines;
}
