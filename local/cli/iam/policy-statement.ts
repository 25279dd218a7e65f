/** A statement of a policy as it was written. */
export interface WrittenStatement {
  readonly Sid?: string;
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Principal?: string | Readonly<Record<string, string | readonly string[]>>;
  readonly Condition?: object;
}

/** A policy document as it was written. */
export interface WrittenPolicy {
  readonly Version?: string;
  readonly Statement: readonly WrittenStatement[];
}

/**
 * A policy of a deployed stack, where it stands in the template and what it is attached to. The document is the one in
 * force: intrinsic functions are resolved, and its statements are in the template's order.
 */
export interface AttachedPolicy {
  readonly stackName: string;
  readonly logicalId: string;
  /** The members that lead to it from the resource's properties; empty for a function's permission, which is a statement. */
  readonly path: readonly string[];
  /** Identity policies are attached to roles; all others, trust policies among them, to what they guard. */
  readonly kind: 'identity' | 'resource';
  /** ARNs of roles, or of what is guarded. */
  readonly attachedTo: readonly string[];
  readonly document: WrittenPolicy;
}

/** The elements of a statement, one of which can be taken away. */
export const ELEMENTS = ['Action', 'Resource', 'Principal'] as const;
export type Element = (typeof ELEMENTS)[number];

/** What an element names, each with how it is reached: the kind of a principal and its index. */
export interface Named {
  readonly element: Element;
  /** `AWS`, `Service`: of principals alone. */
  readonly kind?: string;
  readonly index: number;
  readonly name: string;
}

/** Everything that a statement names. */
export function namesIn(statement: WrittenStatement): Named[] {
  const listed = (element: Element, value: unknown, kind?: string): Named[] =>
    listOf(value).map((name, index) => ({ element, index, name, ...(kind && { kind }) }));
  const { Principal } = statement;
  const principals =
    typeof Principal === 'object'
      ? Object.entries(Principal).flatMap(([kind, value]) => listed('Principal', value, kind))
      : listed('Principal', Principal);
  return [...listed('Action', statement.Action), ...listed('Resource', statement.Resource), ...principals];
}

/** The statement without one of its names; undefined when nothing is left that it could apply to. */
export function without(statement: WrittenStatement, { element, kind, index }: Named): WrittenStatement | undefined {
  if (kind === undefined) {
    const rest = listOf(statement[element]).filter((_, at) => at !== index);
    return rest.length > 0 ? { ...statement, [element]: rest } : undefined;
  }
  const { [kind]: names, ...others } = statement.Principal as Record<string, unknown>;
  const rest = listOf(names).filter((_, at) => at !== index);
  const Principal = { ...others, ...(rest.length > 0 && { [kind]: rest }) } as Record<string, string[]>;
  return Object.keys(Principal).length > 0 ? { ...statement, Principal } : undefined;
}

/** The statement with nothing but one of the names of that element. */
export function only(statement: WrittenStatement, { element, kind, name }: Named): WrittenStatement {
  return { ...statement, [element]: kind === undefined ? [name] : { [kind]: [name] } };
}

function listOf(value: unknown): string[] {
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]) as string[];
}
