import type { Frame } from './frame';

/** A node of the syntax tree that jsonata's own parser makes. */
export interface AstNode {
  readonly type: string;
  readonly value?: any;
  readonly [member: string]: any;
}

/** A compiled node: its value for an input (`$`) in a frame of variables; undefined for nothing. */
export type Evaluate = (input: unknown, frame: Frame) => unknown;

/** Compiles the nodes below a node; handed to those who need it, so that no file depends on the whole. */
export type CompileNode = (node: AstNode) => Evaluate;

/**
 * This part of the language is not compiled, or the expression has failed: the interpreter of jsonata decides, whose
 * result and whose error message count.
 */
export class NeedsInterpreter extends Error {}
