import type { PhrasingContent } from 'mdast';
import { cleanLine, cleanLines } from '../../../domain/blocks/clean-text';
import type { Depth } from '../depth';

/** Tags of HTML amid a sentence: their text stands between them. */
const LINE_BREAK_TAG = /^<br\s*\/?>$/i;

/** What is read of a paragraph: words without marks, hard breaks as line feeds, an image as what stands for it. */
export function inlineText(nodes: readonly PhrasingContent[], depth: Depth): string {
  return cleanLines(rawText(nodes, depth));
}

function rawText(nodes: readonly PhrasingContent[], depth: Depth): string {
  let text = '';
  for (const node of nodes) {
    if (node.type === 'text') text += node.value.replaceAll('\n', ' ');
    else if (node.type === 'inlineCode') text += node.value;
    else if (node.type === 'break') text += '\n';
    else if (node.type === 'image' || node.type === 'imageReference') text += cleanLine(node.alt ?? '');
    else if (node.type === 'html') text += LINE_BREAK_TAG.test(node.value) ? '\n' : '';
    else if ('children' in node) text += rawText(node.children, depth.below());
  }
  return text;
}
