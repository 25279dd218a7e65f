import jsonata from 'jsonata';

/** A node of jsonata's own tree, as far as validation looks at it. */
export interface JsonataNode {
  readonly type: string;
  readonly value?: unknown;
  readonly [member: string]: unknown;
}

/** The tree of an expression, or why it does not parse, in the parser's words, which AWS repeats. */
export function parseJsonata(expression: string): { tree: JsonataNode } | { message: string } {
  try {
    return { tree: jsonata(expression).ast() as unknown as JsonataNode };
  } catch (error) {
    return { message: (error as Error).message };
  }
}

/**
 * Names that an expression looks up in its root, of which there is none in Step Functions. What stands in a later step
 * of a path or in a predicate has a context of its own; a function's body has that of the expression around it.
 */
export function topLevelReferences(node: JsonataNode): string[] {
  switch (node.type) {
    case 'path': {
      const first = (node.steps as JsonataNode[])[0]!;
      return first.type === 'name' ? [String(first.value)] : topLevelReferences(first);
    }
    case 'binary':
    case 'apply':
      return [...topLevelReferences(node.lhs as JsonataNode), ...topLevelReferences(node.rhs as JsonataNode)];
    case 'bind':
      return topLevelReferences(node.rhs as JsonataNode);
    case 'unary':
      if (node.value === '[') return all(node.expressions);
      if (node.value === '{') return (node.lhs as JsonataNode[][]).flatMap((pair) => all(pair));
      return node.expression ? topLevelReferences(node.expression as JsonataNode) : [];
    case 'block':
      return all(node.expressions);
    case 'condition':
      return all([node.condition, node.then, node.else].filter(Boolean));
    case 'function':
    case 'partial':
      return all(node.arguments);
    case 'lambda':
      return topLevelReferences(node.body as JsonataNode);
    default:
      return [];
  }
}

function all(nodes: unknown): string[] {
  return (nodes as JsonataNode[]).flatMap(topLevelReferences);
}

/** True for an expression that has `$$`, the root, in it. */
export function refersToRoot(node: unknown): boolean {
  if (Array.isArray(node)) return node.some(refersToRoot);
  if (typeof node !== 'object' || node === null) return false;
  const { type, value } = node as JsonataNode;
  return (type === 'variable' && value === '$') || Object.values(node).some(refersToRoot);
}

/** The members of `$states` that an expression reads by name: `input`, `context`, `result`, `errorOutput` … */
export function readsOfStates(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(readsOfStates);
  if (typeof node !== 'object' || node === null) return [];
  const { type, steps } = node as { type?: string; steps?: JsonataNode[] };
  const [first, second] = type === 'path' ? (steps ?? []) : [];
  const isStates = first?.type === 'variable' && first.value === 'states' && second?.type === 'name';
  return [...(isStates ? [String(second.value)] : []), ...Object.values(node).flatMap(readsOfStates)];
}

/** Functions of JSONata 2.0.6 and of Step Functions: handed on as values (`~> $sum`), they are no variables. */
const FUNCTIONS: ReadonlySet<string> = new Set(
  (
    'abs append assert average base64decode base64encode boolean ceil clone contains count decodeUrl ' +
    'decodeUrlComponent distinct each encodeUrl encodeUrlComponent error eval exists filter floor formatBase ' +
    'formatInteger formatNumber fromMillis hash join keys length lookup lowercase map match max merge millis min not ' +
    'now number pad parse parseInteger partition power random range reduce replace reverse round shuffle sift single ' +
    'sort split spread sqrt string substring substringAfter substringBefore sum toMillis trim type uppercase uuid zip'
  ).split(' '),
);

/** Every variable that an expression reads and does not bind itself, without the dollar sign. */
export function freeVariables(node: unknown, bound: ReadonlySet<string> = new Set()): string[] {
  if (Array.isArray(node)) return inSequence(node, bound);
  if (typeof node !== 'object' || node === null) return [];
  const { type, value } = node as JsonataNode;
  if (type === 'variable') {
    const isOwn =
      typeof value === 'string' && value !== '' && value !== '$' && !bound.has(value) && !FUNCTIONS.has(value);
    const own = isOwn ? [value] : [];
    return [...own, ...members(node as JsonataNode, bound, ['value'])];
  }
  if (type === 'lambda') {
    const names = ((node as JsonataNode).arguments as JsonataNode[]).map((argument) => String(argument.value));
    return freeVariables((node as JsonataNode).body, new Set([...bound, ...names]));
  }
  if (type === 'bind') return freeVariables((node as JsonataNode).rhs, withBinding(node as JsonataNode, bound));
  if (type === 'block') return inSequence((node as JsonataNode).expressions as unknown[], bound);
  return members(node as JsonataNode, bound, ['value', 'position', 'type']);
}

function members(node: JsonataNode, bound: ReadonlySet<string>, skipped: readonly string[]): string[] {
  return Object.entries(node).flatMap(([name, member]) => (skipped.includes(name) ? [] : freeVariables(member, bound)));
}

/** A binding is seen by what follows it. */
function inSequence(nodes: readonly unknown[], bound: ReadonlySet<string>): string[] {
  let known = bound;
  return nodes.flatMap((node) => {
    const found = freeVariables(node, known);
    if ((node as JsonataNode | null)?.type === 'bind') known = withBinding(node as JsonataNode, known);
    return found;
  });
}

function withBinding(node: JsonataNode, bound: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...bound, String((node.lhs as JsonataNode).value)]);
}
