/** Markdown with GitHub's tables, task lists and strikethrough, to blocks. HTML inside goes through the HTML parser. */
import MarkdownIt from 'markdown-it';
import type { Block } from '../../../domain/blocks';
import { blockText } from '../../../domain/blocks/block-text';
import { cleanCharacters, cleanCode, cleanLine } from '../../../domain/blocks/clean-text';
import { Depth } from '../depth';
import { blocksOfHtml } from '../html/parse-html';
import { PARSING_LIMITS } from '../limits';
import { inlineText } from './inline-text';
import { segmentsOf } from './segments';
import { type Node, treeOf } from './token-tree';

/** Metadata in YAML or TOML that begins a file. */
const FRONT_MATTER = /^(---|\+\+\+)[ \t]*\n[\s\S]{0,20000}?\n\1[ \t]*(?:\n|$)/;
const FRONT_TITLE = /^title[ \t]*[:=][ \t]*["']?([^"'\n]{1,200})/m;
const TASK_MARK = /^\[[ xX]\][ \t]+/;

/**
 * What nests deeper is dropped by the library in silence; so it has to look further than the limit, at which the document is
 * refused. A list is two levels.
 */
const MAX_NESTING = 2 * PARSING_LIMITS.depth + 10;

const markdown = new MarkdownIt({ html: true, maxNesting: MAX_NESTING });

/** Blocks in reading order; returns the title that front matter gives. Throws DocumentRefused when it is too deep. */
export function* parseMarkdown(text: string): Generator<Block, { title?: string }> {
  const clean = cleanCharacters(text);
  const front = FRONT_MATTER.exec(clean)?.[0] ?? '';
  const title = FRONT_TITLE.exec(front)?.[1];
  for (const segment of segmentsOf(clean.slice(front.length))) {
    yield* blocksOf(treeOf(markdown.parse(segment, {})), new Depth());
  }
  return { title: title && cleanLine(title) };
}

function* blocksOf(nodes: readonly Node[], depth: Depth): Generator<Block> {
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index]!;
    if (node.type !== 'html_block') {
      yield* blocksOfNode(node, depth);
      continue;
    }
    // An element whose tags stand on lines of their own is several nodes: read together, its end is found.
    let html = node.token.content;
    while (nodes[index + 1]?.type === 'html_block') html += `\n${nodes[++index]!.token.content}`;
    yield* blocksOfHtml(html);
  }
}

function* blocksOfNode(node: Node, depth: Depth): Generator<Block> {
  switch (node.type) {
    case 'heading': {
      const level = Number(node.token.tag.slice(1)) as 1 | 2 | 3 | 4 | 5 | 6;
      const text = cleanLine(textIn(node));
      if (text) yield { kind: 'heading', level, text };
      return;
    }
    case 'paragraph': {
      const text = textIn(node);
      if (text) yield { kind: 'paragraph', text };
      return;
    }
    case 'blockquote': {
      const text = linesOf(node.children, depth.below()).join('\n');
      if (text) yield { kind: 'quote', text };
      return;
    }
    case 'bullet_list':
    case 'ordered_list': {
      const items = itemsOf(node, depth.below());
      if (items.length > 0) yield { kind: 'list', items, isOrdered: node.type === 'ordered_list' };
      return;
    }
    case 'fence':
    case 'code_block': {
      const text = cleanCode(node.token.content.replace(/\n$/, ''));
      const language = /^[\w+#.-]{1,30}/.exec(node.token.info.trim())?.[0];
      if (text) yield language ? { kind: 'code', text, language } : { kind: 'code', text };
      return;
    }
    case 'table': {
      const [header, ...rows] = node.children
        .flatMap((part) => part.children)
        .map((row) => row.children.map((cell) => cleanLine(textIn(cell))));
      if (header) yield header.some(Boolean) ? { kind: 'table', header, rows } : { kind: 'table', rows };
      return;
    }
  }
}

/** The text of an element that holds no other. */
function textIn({ children }: Node): string {
  return inlineText(children.flatMap(({ token }) => token.children ?? []));
}

/** An item's text, the lists below it indented by two spaces a level. */
function itemsOf(list: Node, depth: Depth, indent = ''): string[] {
  const items: string[] = [];
  for (const item of list.children) {
    const lines: string[] = [];
    const below: string[] = [];
    for (const child of item.children) {
      if (isList(child)) below.push(...itemsOf(child, depth.below(), `${indent}  `));
      else lines.push(...linesOf([child], depth.below()));
    }
    if (lines.length > 0) items.push(indent + lines.join(`\n${indent}`).replace(TASK_MARK, ''));
    items.push(...below);
  }
  return items;
}

function isList({ type }: Node): boolean {
  return type === 'bullet_list' || type === 'ordered_list';
}

/** The text of blocks within a quote or an item. */
function linesOf(nodes: readonly Node[], depth: Depth): string[] {
  return [...blocksOf(nodes, depth)].map(blockText);
}
