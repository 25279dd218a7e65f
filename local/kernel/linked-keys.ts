/**
 * Keys in the order in which they were added, each once. Unlike with a Set, the first ones are at hand at once however many
 * have gone before them: a Set that is used as a queue looks at what it has lost each time.
 */
interface Node {
  readonly key: string;
  previous?: Node;
  next?: Node;
}

/** An ordered set of keys; no operation costs more with more of them. */
export class LinkedKeys implements Iterable<string> {
  private readonly nodes = new Map<string, Node>();
  private firstNode?: Node;
  private lastNode?: Node;

  get size(): number {
    return this.nodes.size;
  }

  get first(): string | undefined {
    return this.firstNode?.key;
  }

  /** Adds a key at the end, unless it is there. */
  add(key: string): void {
    if (this.nodes.has(key)) return;
    const node: Node = { key, previous: this.lastNode };
    if (this.lastNode) this.lastNode.next = node;
    else this.firstNode = node;
    this.lastNode = node;
    this.nodes.set(key, node);
  }

  delete(key: string): void {
    const node = this.nodes.get(key);
    if (!node) return;
    this.nodes.delete(key);
    if (node.previous) node.previous.next = node.next;
    else this.firstNode = node.next;
    if (node.next) node.next.previous = node.previous;
    else this.lastNode = node.previous;
  }

  clear(): void {
    this.nodes.clear();
    this.firstNode = undefined;
    this.lastNode = undefined;
  }

  *[Symbol.iterator](): Iterator<string> {
    for (let node = this.firstNode; node; node = node.next) yield node.key;
  }
}
