/** The tokens of markdown-it as a tree: it gives them in a row, an element as its opening and its closing. */
import type { Token } from 'markdown-it';

/** An element, or what stands between elements. */
export interface Node {
  /** Without `_open`: `paragraph`, `bullet_list`, `fence`, `inline`, … */
  readonly type: string;
  readonly token: Token;
  readonly children: readonly Node[];
}

/** The elements at the top, in order. */
export function treeOf(tokens: readonly Token[]): Node[] {
  const top: Node[] = [];
  const open: Node[][] = [top];
  for (const token of tokens) {
    if (token.nesting < 0) {
      open.pop();
      continue;
    }
    const children: Node[] = [];
    open.at(-1)!.push({ type: token.type.replace(/_open$/, ''), token, children });
    if (token.nesting > 0) open.push(children);
  }
  return top;
}
