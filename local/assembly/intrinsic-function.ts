import type { Scope } from './scope';

/** An intrinsic function: its argument as it stands in the template, and how to resolve what stands in it. */
export type IntrinsicFunction = (argument: unknown, scope: Scope, resolve: (value: unknown) => any) => unknown;
