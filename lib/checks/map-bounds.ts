import jsonata from 'jsonata';
import { isDistributedMap, type State } from '../constructs/workflow-definition';
import type { Finding } from './finding';

/**
 * Refuses Maps over as many items as somebody likes to send: each item is billed. A list is bounded when it is written out, cut
 * (`[[0..49]]`), or counted by `$assert($count(…) <= 50, …)`; a reader by MaxItems.
 */
export function boundFindings(subject: string, state: State): Finding[] {
  if (isDistributedMap(state) && state.ItemReader !== undefined) return readerFindings(subject, state);
  if (isBoundedItems(state.Items)) return [];
  return [
    {
      rule: 'map-bound',
      subject,
      message: `${subject} runs as many items as somebody sends: nothing bounds their number, nor what they cost.`,
      fix: 'Write the Items out, cut them, such as [[0..49]], or $assert their $count to be at most a number.',
    },
  ];
}

function readerFindings(subject: string, state: State): Finding[] {
  const { ReaderConfig = {} } = state.ItemReader as { ReaderConfig?: { MaxItems?: unknown; MaxItemsPath?: unknown } };
  if (ReaderConfig.MaxItems !== undefined || ReaderConfig.MaxItemsPath !== undefined) return [];
  return [
    {
      rule: 'map-bound',
      subject,
      message: `${subject} reads a list of any length: nothing bounds its number of items, nor what they cost.`,
      fix: 'Give its ReaderConfig MaxItems, and refuse longer lists before, since the rest is left out in silence.',
    },
  ];
}

/** Items are a JSON array, or an expression of JSONata. */
function isBoundedItems(items: unknown): boolean {
  if (Array.isArray(items)) return true;
  const expression = /^\{%(.*)%\}$/s.exec(String(items ?? ''))?.[1];
  if (expression === undefined) return false;
  // What stands for a placeholder is a number or a text of the stage.
  return isBounded(jsonata(expression.replace(/\$\{\w+\}/g, '1')).ast() as unknown as Node);
}

/** A node of JSONata's syntax tree, as far as lists are concerned. */
interface Node {
  readonly type: string;
  readonly value?: unknown;
  readonly expressions?: readonly Node[];
  readonly arguments?: readonly Node[];
  readonly procedure?: Node;
  readonly then?: Node;
  readonly else?: Node;
  readonly lhs?: Node;
  readonly rhs?: Node;
  readonly steps?: readonly Node[];
  readonly stages?: readonly { readonly type: string; readonly expr: Node }[];
  readonly predicate?: readonly { readonly type: string; readonly expr: Node }[];
}

function isBounded(node: Node): boolean {
  if (node.type === 'condition') return isBounded(node.then!) && (node.else === undefined || isBounded(node.else));
  if (node.type === 'block') return node.expressions!.some(isAssertedCount) || isBounded(node.expressions!.at(-1)!);
  if (isCut(node) || isCut(node.steps?.at(-1))) return true;
  return node.type === 'unary' && node.value === '[' && node.expressions!.every((member) => !isOpenRange(member));
}

/** `list[[0..49]]` */
function isCut(node: Node | undefined): boolean {
  return [...(node?.stages ?? []), ...(node?.predicate ?? [])].some(
    ({ expr }) =>
      expr.type === 'unary' &&
      expr.value === '[' &&
      expr.expressions!.every((member) => member.value === '..' && !isOpenRange(member)),
  );
}

/** `[0..$count(list)]`, which is as long as the list. */
function isOpenRange({ value, lhs, rhs }: Node): boolean {
  return value === '..' && !(lhs?.type === 'number' && rhs?.type === 'number');
}

/** `$assert($count(list) <= 50, …)` */
function isAssertedCount({ type, procedure, arguments: args = [] }: Node): boolean {
  const [condition] = args;
  return (
    type === 'function' &&
    procedure?.value === 'assert' &&
    (condition?.value === '<=' || condition?.value === '<') &&
    condition.lhs?.procedure?.value === 'count' &&
    condition.rhs?.type === 'number'
  );
}
