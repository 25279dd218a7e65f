import { type Fields, isFields, type StateNode, scopesOf } from './definition-tree';
import { freeVariables, parseJsonata } from './jsonata-tree';
import { expressionOf } from './query-language';

/** `$name` in a path, an intrinsic's argument or a filter; not `$`, `$.` or `$$`. */
const VARIABLE = /(?<![$\w])\$([A-Za-z_][\w]*)/g;

/** Strings in quotes inside intrinsic functions are text. */
const QUOTED = /'(?:\\.|[^'\\])*'/g;

/** What is called, not referred to. */
const CALLED = Symbol('called');

/**
 * The variables that each state of a definition refers to, by the state's name, as DescribeStateMachine gives them.
 * https://docs.aws.amazon.com/step-functions/latest/apireference/API_DescribeStateMachine.html
 */
export function findVariableReferences(definition: string): Record<string, string[]> {
  if (!definition.includes('$')) return {};
  const parsed: unknown = JSON.parse(definition);
  if (!isFields(parsed)) return {};
  const references: Record<string, string[]> = {};
  for (const state of scopesOf(parsed).flatMap((scope) => scope.states)) {
    const names = new Set<string>();
    collect(own(state), state, names);
    if (names.size > 0) references[state.name] = [...names].sort();
  }
  return references;
}

/** The state without the states inside it, and without its plain words. */
function own({ fields }: StateNode): Fields {
  const { Comment: _c, States: _s, Branches: _b, ItemProcessor: _p, Iterator: _i, Result: _r, ...rest } = fields;
  return rest;
}

function collect(value: unknown, state: StateNode, names: Set<string>, name = ''): void {
  if (Array.isArray(value)) {
    for (const item of value) collect(item, state, names, name);
  } else if (isFields(value)) {
    for (const [member, inner] of Object.entries(value)) collect(inner, state, names, member);
  } else if (typeof value === 'string') {
    for (const found of state.language === 'JSONata' ? inJsonata(value) : inPath(name, value)) names.add(found);
  }
}

function inJsonata(text: string): string[] {
  const expression = expressionOf(text);
  if (expression === undefined || !expression.includes('$')) return [];
  const parsed = parseJsonata(expression);
  if ('message' in parsed) return [];
  return freeVariables(withoutCalls(parsed.tree)).filter((variable) => variable !== 'states');
}

/** Functions are called by variables too; their names are no references. */
function withoutCalls(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutCalls);
  if (typeof node !== 'object' || node === null) return node;
  const { type, procedure } = node as { type?: string; procedure?: { type?: string } };
  const isCall = (type === 'function' || type === 'partial') && procedure?.type === 'variable';
  const entries = Object.entries(node).map(([name, member]) => [
    name,
    isCall && name === 'procedure' ? CALLED : withoutCalls(member),
  ]);
  return Object.fromEntries(entries);
}

function inPath(name: string, text: string): string[] {
  const isPath = name.endsWith('.$') || name.endsWith('Path') || name === 'Variable';
  if (!isPath || !text.includes('$')) return [];
  return [...text.replace(QUOTED, '').matchAll(VARIABLE)].map((match) => match[1]!);
}
