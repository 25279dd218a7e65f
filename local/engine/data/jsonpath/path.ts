import type { Json } from '../../model/json';
import type { GuardedRegExp } from '../jsonata/guarded-regexp';

/** One step of a path. */
export type PathStep =
  /** `.name`, `['name']`, `['a','b']` */
  | { readonly kind: 'names'; readonly names: readonly string[] }
  /** `[0]`, `[-1]`, `[0,2]` */
  | { readonly kind: 'indexes'; readonly indexes: readonly number[] }
  /** `[1:5]`, `[1:5:2]` */
  | { readonly kind: 'slice'; readonly from?: number; readonly to?: number; readonly step?: number }
  /** `.*`, `[*]` */
  | { readonly kind: 'wildcard' }
  /** `..`: what follows is looked for in the value and in all its descendants. */
  | { readonly kind: 'descent' }
  /** `[?(…)]` */
  | { readonly kind: 'filter'; readonly filter: FilterNode };

/** A parsed JSONPath: where it starts, and its steps. */
export interface JsonPath {
  /** As written. */
  readonly text: string;
  /** `data`: `$`; `context`: `$$`; `variable`: `$name`; `current`: `@`, inside a filter alone. */
  readonly root: 'data' | 'context' | 'variable' | 'current';
  /** The variable's name, without the dollar. */
  readonly variable?: string;
  readonly steps: readonly PathStep[];
  /** A definite path names at most one place: it gives that value or fails. Others give an array, perhaps empty. */
  readonly isDefinite: boolean;
}

/** True when every step names at most one place. */
export function isDefinite(steps: readonly PathStep[]): boolean {
  return steps.every(
    (step) =>
      (step.kind === 'names' && step.names.length === 1) || (step.kind === 'indexes' && step.indexes.length === 1),
  );
}

/** True for a reference path: definite, with names and non-negative indexes alone. https://states-language.net/#ref-paths */
export function isReferencePath(path: JsonPath): boolean {
  return path.steps.every(
    (step) =>
      (step.kind === 'names' && step.names.length === 1) ||
      (step.kind === 'indexes' && step.indexes.length === 1 && step.indexes[0]! >= 0),
  );
}

/** A filter expression: a comparison, a test for existence, or a combination of such. */
export type FilterNode =
  | { readonly kind: 'and' | 'or'; readonly left: FilterNode; readonly right: FilterNode }
  | { readonly kind: 'not'; readonly operand: FilterNode }
  | { readonly kind: 'exists'; readonly path: JsonPath }
  | {
      readonly kind: 'compare';
      readonly operator: string;
      readonly left: FilterOperand;
      readonly right: FilterOperand;
    };

/** One side of a comparison; a pattern stands to the right of `=~` alone. */
export type FilterOperand =
  | { readonly path: JsonPath }
  | { readonly value: Json }
  | { readonly pattern: GuardedRegExp };
