/** Markdown with GitHub's tables, task lists and strikethrough, to blocks. HTML inside goes through the HTML parser. */
import type { Root, RootContent } from 'mdast';
import type { Block } from '../../../domain/blocks';
import { blockText } from '../../../domain/blocks/block-text';
import { cleanCharacters, cleanCode, cleanLine } from '../../../domain/blocks/clean-text';
import { Depth } from '../depth';
import { blocksOfHtml } from '../html/parse-html';
import { inlineText } from './inline-text';
import { segmentsOf } from './segments';

/** Metadata in YAML or TOML that begins a file. */
const FRONT_MATTER = /^(---|\+\+\+)[ \t]*\n[\s\S]{0,20000}?\n\1[ \t]*(?:\n|$)/;
const FRONT_TITLE = /^title[ \t]*[:=][ \t]*["']?([^"'\n]{1,200})/m;

/** Blocks in reading order; returns the title that front matter gives. Throws DocumentRefused when it is too deep. */
export async function* parseMarkdown(text: string): AsyncGenerator<Block, { title?: string }> {
  const { fromMarkdown } = await import('mdast-util-from-markdown');
  const { gfm } = await import('micromark-extension-gfm');
  const { gfmFromMarkdown } = await import('mdast-util-gfm');
  const settings = { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] };
  const clean = cleanCharacters(text);
  const front = FRONT_MATTER.exec(clean)?.[0] ?? '';
  const title = FRONT_TITLE.exec(front)?.[1];
  for (const segment of segmentsOf(clean.slice(front.length))) {
    const root: Root = fromMarkdown(segment, settings);
    yield* blocksOf(root.children, new Depth());
  }
  return { title: title && cleanLine(title) };
}

function* blocksOf(nodes: readonly RootContent[], depth: Depth): Generator<Block> {
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index]!;
    if (node.type !== 'html') {
      yield* blocksOfNode(node, depth);
      continue;
    }
    // An element whose tags stand on lines of their own is several nodes: read together, its end is found.
    let html = node.value;
    while (nodes[index + 1]?.type === 'html') html += `\n${(nodes[++index] as typeof node).value}`;
    yield* blocksOfHtml(html);
  }
}

function* blocksOfNode(node: RootContent, depth: Depth): Generator<Block> {
  switch (node.type) {
    case 'heading': {
      const text = cleanLine(inlineText(node.children, depth));
      if (text) yield { kind: 'heading', level: node.depth, text };
      return;
    }
    case 'paragraph': {
      const text = inlineText(node.children, depth);
      if (text) yield { kind: 'paragraph', text };
      return;
    }
    case 'blockquote': {
      const text = linesOf(node.children, depth.below()).join('\n');
      if (text) yield { kind: 'quote', text };
      return;
    }
    case 'list': {
      const items = itemsOf(node, depth.below());
      if (items.length > 0) yield { kind: 'list', items, isOrdered: node.ordered === true };
      return;
    }
    case 'code': {
      const text = cleanCode(node.value);
      const language = /^[\w+#.-]{1,30}/.exec(node.lang ?? '')?.[0];
      if (text) yield language ? { kind: 'code', text, language } : { kind: 'code', text };
      return;
    }
    case 'table': {
      const [header, ...rows] = node.children.map((row) =>
        row.children.map((cell) => cleanLine(inlineText(cell.children, depth))),
      );
      if (header) yield header.some(Boolean) ? { kind: 'table', header, rows } : { kind: 'table', rows };
      return;
    }
    case 'footnoteDefinition':
      yield* blocksOf(node.children, depth.below());
      return;
  }
}

/** An item's text, the lists below it indented by two spaces a level. */
function itemsOf(list: Extract<RootContent, { type: 'list' }>, depth: Depth, indent = ''): string[] {
  const items: string[] = [];
  for (const item of list.children) {
    const lines: string[] = [];
    const below: string[] = [];
    for (const child of item.children) {
      if (child.type === 'list') below.push(...itemsOf(child, depth.below(), `${indent}  `));
      else lines.push(...linesOf([child], depth.below()));
    }
    if (lines.length > 0) items.push(indent + lines.join(`\n${indent}`));
    items.push(...below);
  }
  return items;
}

/** The text of blocks within a quote or an item. */
function linesOf(nodes: readonly RootContent[], depth: Depth): string[] {
  return [...blocksOf(nodes, depth)].map(blockText);
}
