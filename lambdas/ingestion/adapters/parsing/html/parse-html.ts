/**
 * HTML to blocks: what a reader reads. Scripts, styles, forms, navigation and what is hidden are dropped. Nothing is executed or
 * fetched.
 */
import { type HTMLElement as Element, type Node, NodeType, parse } from 'node-html-parser';
import type { Block } from '../../../domain/blocks';
import { cleanCharacters, cleanCode, cleanLine, cleanLines } from '../../../domain/blocks/clean-text';
import { Depth } from '../depth';
import { rowsOf } from './table-rows';

/** Elements that hold no text of the document. */
const DROPPED = new Set(
  'script style noscript template svg math canvas iframe object embed audio video head nav footer form button select input textarea dialog menu'.split(
    ' ',
  ),
);
const DROPPED_ROLES = new Set(['navigation', 'banner', 'contentinfo', 'search', 'menu', 'dialog']);
const HEADING = /^h([1-6])$/;
const INLINE = new Set(
  'a abbr acronym b bdi bdo big br cite code data del dfn em font i img ins kbd label mark q s samp small span strike strong sub sup time tt u var wbr'.split(
    ' ',
  ),
);

/** Blocks of a whole page; returns its title. Throws DocumentRefused when it is too deep. */
export function* parseHtml(html: string): Generator<Block, { title?: string }> {
  const root = parsed(html);
  const title = root.querySelector('title');
  yield* new Walk().blocks(root.querySelector('body') ?? root);
  return { title: title ? cleanLine(title.text) : undefined };
}

/** Blocks of a piece of HTML. */
export function* blocksOfHtml(html: string): Generator<Block> {
  yield* new Walk().blocks(parsed(html));
}

function parsed(html: string): Element {
  return parse(cleanCharacters(html), {
    lowerCaseTagName: true,
    comment: false,
    // `pre` is not among them: its elements are read like others.
    blockTextElements: { script: false, style: false, noscript: false },
  });
}

class Walk {
  private line = '';

  *blocks(element: Element, depth = new Depth()): Generator<Block> {
    yield* this.children(element, depth);
    yield* this.paragraph();
  }

  private *children(element: Element, depth: Depth): Generator<Block> {
    for (const child of element.childNodes) yield* this.node(child, depth);
  }

  private *node(node: Node, depth: Depth): Generator<Block> {
    if (node.nodeType === NodeType.TEXT_NODE) this.line += node.text.replaceAll('\n', ' ');
    if (node.nodeType !== NodeType.ELEMENT_NODE) return;
    const element = node as Element;
    const tag = element.rawTagName?.toLowerCase() ?? '';
    if (isDropped(element, tag)) return;
    if (tag === 'br') this.line += '\n';
    else if (tag === 'img') this.line += ` ${element.getAttribute('alt') ?? ''} `;
    else if (INLINE.has(tag)) yield* this.children(element, depth.below());
    else {
      yield* this.paragraph();
      yield* this.block(element, tag, depth.below());
      yield* this.paragraph();
    }
  }

  private *block(element: Element, tag: string, depth: Depth): Generator<Block> {
    const level = HEADING.exec(tag)?.[1];
    if (level) {
      const text = cleanLine(textOf(element, depth));
      if (text) yield { kind: 'heading', level: Number(level) as 1, text };
    } else if (tag === 'pre') {
      const text = cleanCode(preformatted(element, depth));
      const language = languageOf(element);
      if (text) yield language ? { kind: 'code', text, language } : { kind: 'code', text };
    } else if (tag === 'blockquote') {
      const text = cleanLines(textOf(element, depth));
      if (text) yield { kind: 'quote', text };
    } else if (tag === 'ul' || tag === 'ol') {
      const items = itemsOf(element, depth);
      if (items.length > 0) yield { kind: 'list', items, isOrdered: tag === 'ol' };
    } else if (tag === 'table') {
      yield* this.table(element, depth);
    } else {
      yield* this.children(element, depth);
    }
  }

  /** A table with data; one that only lays out (a single column, or tables within) is read as its content. */
  private *table(element: Element, depth: Depth): Generator<Block> {
    const { header, rows, isLayout } = rowsOf(element, (cell) => cleanLine(textOf(cell, depth)));
    if (isLayout) yield* this.children(element, depth);
    else if (header || rows.length > 0) yield header ? { kind: 'table', header, rows } : { kind: 'table', rows };
  }

  private *paragraph(): Generator<Block> {
    const text = cleanLines(this.line);
    this.line = '';
    if (text) yield { kind: 'paragraph', text };
  }
}

function isDropped(element: Element, tag: string): boolean {
  if (DROPPED.has(tag)) return true;
  if (element.rawAttrs === '') return false;
  const role = element.getAttribute('role');
  if (role && DROPPED_ROLES.has(role.toLowerCase())) return true;
  if (element.hasAttribute('hidden') || element.getAttribute('aria-hidden') === 'true') return true;
  return /display\s*:\s*none|visibility\s*:\s*hidden/i.test(element.getAttribute('style') ?? '');
}

/** All the words below an element; blocks in it begin a line. */
function textOf(element: Element, depth: Depth): string {
  let text = '';
  for (const node of element.childNodes) {
    if (node.nodeType === NodeType.TEXT_NODE) text += node.text.replaceAll('\n', ' ');
    if (node.nodeType !== NodeType.ELEMENT_NODE) continue;
    const child = node as Element;
    const tag = child.rawTagName?.toLowerCase() ?? '';
    if (isDropped(child, tag)) continue;
    if (tag === 'br') text += '\n';
    else if (tag === 'img') text += ` ${child.getAttribute('alt') ?? ''} `;
    else if (INLINE.has(tag)) text += textOf(child, depth.below());
    else text += `\n${textOf(child, depth.below())}\n`;
  }
  return text;
}

function preformatted(element: Element, depth: Depth): string {
  let text = '';
  for (const node of element.childNodes) {
    if (node.nodeType === NodeType.TEXT_NODE) text += node.text;
    if (node.nodeType !== NodeType.ELEMENT_NODE) continue;
    const child = node as Element;
    text += child.rawTagName?.toLowerCase() === 'br' ? '\n' : preformatted(child, depth.below());
  }
  return text;
}

/** `language-x` or `lang-x` on `pre` or on the `code` in it, `highlight-source-x` around it. */
function languageOf(element: Element): string | undefined {
  const code = element.querySelector('code');
  const names = [element, code, element.parentNode].map((one) => one?.getAttribute?.('class') ?? '').join(' ');
  return /(?:^|\s)(?:language|lang|highlight-source)-([\w+#.-]{1,30})/.exec(names)?.[1];
}

function itemsOf(list: Element, depth: Depth, indent = ''): string[] {
  const items: string[] = [];
  for (const node of list.childNodes) {
    if (node.nodeType !== NodeType.ELEMENT_NODE) continue;
    const child = node as Element;
    const tag = child.rawTagName?.toLowerCase();
    if (tag === 'ul' || tag === 'ol') items.push(...itemsOf(child, depth.below(), `${indent}  `));
    else items.push(...itemOf(child, depth.below(), indent));
  }
  return items;
}

/** An item's own text, then the items of lists within it. */
function itemOf(item: Element, depth: Depth, indent: string): string[] {
  const lists = item.childNodes.filter(
    (node): node is Element =>
      node.nodeType === NodeType.ELEMENT_NODE && /^[uo]l$/i.test((node as Element).rawTagName ?? ''),
  );
  for (const list of lists) list.remove();
  const own = cleanLines(textOf(item, depth)).split('\n').join(`\n${indent}`);
  const below = lists.flatMap((list) => itemsOf(list, depth.below(), `${indent}  `));
  return own ? [indent + own, ...below] : below;
}
