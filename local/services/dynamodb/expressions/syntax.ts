/** What the parsers make of an expression: placeholders unresolved, so that one text is parsed once. */

/** A step into a document: a name, a `#placeholder` for one, or a list index. */
export type PathStep = { readonly name: string } | { readonly placeholder: string } | { readonly index: number };

/** A document path, such as `lines[0].#quantity`. */
export interface PathSyntax {
  readonly kind: 'path';
  readonly steps: readonly PathStep[];
}

/** A `:value`. */
export interface ValueSyntax {
  readonly kind: 'value';
  readonly placeholder: string;
}

/** A function with its arguments; which functions are allowed depends on the kind of expression. */
export interface CallSyntax {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly OperandSyntax[];
}

/** A sum or difference; only in `SET`. */
export interface ArithmeticSyntax {
  readonly kind: 'arithmetic';
  readonly operator: '+' | '-';
  readonly left: OperandSyntax;
  readonly right: OperandSyntax;
}

/** Anything that has a value. */
export type OperandSyntax = PathSyntax | ValueSyntax | CallSyntax | ArithmeticSyntax;

/** How two values are compared. */
export type Comparator = '=' | '<>' | '<' | '<=' | '>' | '>=';

/** A condition. */
export type ConditionSyntax =
  | { readonly kind: 'and' | 'or'; readonly left: ConditionSyntax; readonly right: ConditionSyntax }
  | { readonly kind: 'not'; readonly condition: ConditionSyntax }
  | {
      readonly kind: 'compare';
      readonly comparator: Comparator;
      readonly left: OperandSyntax;
      readonly right: OperandSyntax;
    }
  | {
      readonly kind: 'between';
      readonly operand: OperandSyntax;
      readonly low: OperandSyntax;
      readonly high: OperandSyntax;
    }
  | { readonly kind: 'in'; readonly operand: OperandSyntax; readonly list: readonly OperandSyntax[] }
  | { readonly kind: 'test'; readonly call: CallSyntax };

/** One clause of an update. */
export type UpdateClauseSyntax =
  | { readonly kind: 'set'; readonly path: PathSyntax; readonly value: OperandSyntax }
  | { readonly kind: 'remove'; readonly path: PathSyntax }
  | { readonly kind: 'add' | 'delete'; readonly path: PathSyntax; readonly value: ValueSyntax };
