import type { Token } from 'markdown-it';
import { cleanLine, cleanLines } from '../../../domain/blocks/clean-text';

/** Tags of HTML amid a sentence: their text stands between them. */
const LINE_BREAK_TAG = /^<br\s*\/?>$/i;

/** What is read of a paragraph: words without marks, hard breaks as line feeds, an image as what stands for it. */
export function inlineText(tokens: readonly Token[]): string {
  return cleanLines(tokens.map(textOf).join(''));
}

function textOf({ type, content, children }: Token): string {
  switch (type) {
    case 'text':
    case 'text_special':
    case 'code_inline':
      return content;
    case 'softbreak':
      return ' ';
    case 'hardbreak':
      return '\n';
    case 'image':
      return cleanLine((children ?? []).map(textOf).join(''));
    case 'html_inline':
      return LINE_BREAK_TAG.test(content) ? '\n' : '';
    default:
      return '';
  }
}
