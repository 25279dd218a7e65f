import { Frame } from './frame';
import type { NativeFunction } from './library';
import { type AstNode, type CompileNode, type Evaluate, NeedsInterpreter } from './node';

/** A function of the expression itself, in the shape by which jsonata's functions know one. */
interface Lambda {
  readonly _jsonata_lambda: true;
  readonly input: unknown;
  readonly frame: Frame;
  readonly arguments: readonly { readonly value: string }[];
  readonly signature?: NativeFunction['signature'];
  readonly body: Evaluate;
  /** A call in tail position, not yet made. */
  readonly tail?: TailCall;
  apply(self: unknown, args: unknown[]): unknown;
}

interface TailCall {
  readonly procedure: Evaluate;
  readonly args: readonly Evaluate[];
}

type Callable = Lambda | NativeFunction | ((...args: unknown[]) => unknown);

/** Compiles `function($a, $b) { … }`. */
export function compileLambda(node: AstNode, compile: CompileNode): Evaluate {
  const tail: TailCall | undefined = node.thunk
    ? { procedure: compile(node.body.procedure), args: (node.body.arguments as AstNode[]).map(compile) }
    : undefined;
  // A tail call that is taken up as a value is made like any other.
  const body = tail ? compileCall(node.body, compile) : compile(node.body);
  return (input, frame) => {
    const lambda: Lambda = {
      _jsonata_lambda: true,
      input,
      frame,
      arguments: node.arguments,
      signature: node.signature,
      body,
      tail,
      apply: (_self, args) => call(lambda, args, input, frame),
    };
    return lambda;
  };
}

/** Compiles `$name(…)`, or a call of whatever an expression gives. */
export function compileCall(node: AstNode, compile: CompileNode): Evaluate {
  const invoke = compileInvocation(node, compile);
  return (input, frame) => invoke(input, frame, []);
}

/** Compiles `value ~> $function(…)`: the value becomes the first argument. */
export function compileApply(node: AstNode, compile: CompileNode): Evaluate {
  const value = compile(node.lhs);
  if (node.rhs.type === 'function') {
    const invoke = compileInvocation(node.rhs, compile);
    return (input, frame) => invoke(input, frame, [value(input, frame)]);
  }
  const procedure = compile(node.rhs);
  return (input, frame) => {
    const argument = value(input, frame);
    const callable = procedure(input, frame);
    if (!isCallable(callable) || isCallable(argument)) throw new NeedsInterpreter();
    return call(callable, [argument], null, frame);
  };
}

function compileInvocation(node: AstNode, compile: CompileNode) {
  const procedure = compile(node.procedure);
  const args = (node.arguments as AstNode[]).map(compile);
  return (input: unknown, frame: Frame, first: unknown[]): unknown => {
    const callable = procedure(input, frame);
    const values = first;
    for (const evaluate of args) values.push(asArgument(evaluate(input, frame), frame));
    if (!isCallable(callable)) throw new NeedsInterpreter();
    return call(callable, values, input, frame);
  };
}

/** Functions are handed on as plain ones, which know how many arguments they take. */
function asArgument(value: unknown, frame: Frame): unknown {
  if (!isCallable(value)) return value;
  const plain = (...args: unknown[]) => call(value, args, null, frame);
  return Object.assign(plain, { arity: arityOf(value) });
}

/** How many arguments a function takes. */
export function arityOf(callable: unknown): number {
  const known = callable as {
    arity?: unknown;
    implementation?: { length: number };
    length?: unknown;
    arguments?: unknown[];
  };
  if (typeof known.arity === 'number') return known.arity;
  if (typeof known.implementation === 'function') return (known.implementation as { length: number }).length;
  return typeof known.length === 'number' ? known.length : (known.arguments?.length ?? 0);
}

function isCallable(value: unknown): value is Callable {
  if (typeof value === 'function') return true;
  if (typeof value !== 'object' || value === null) return false;
  return (value as Lambda)._jsonata_lambda === true || (value as NativeFunction)._jsonata_function === true;
}

/** Calls a function; calls in tail position are made one after the other, not one within the other. */
function call(callable: Callable, args: unknown[], input: unknown, frame: Frame): unknown {
  frame.guard.enterCall();
  let result = callOnce(callable, args, input, frame);
  while (isTailCall(result)) {
    const { tail, input: context, frame: scope } = result;
    const next = tail.procedure(context, scope);
    if (!isCallable(next)) throw new NeedsInterpreter();
    const values = tail.args.map((evaluate) => evaluate(context, scope));
    result = callOnce(next, values, input, frame);
  }
  frame.guard.leaveCall();
  return result;
}

function isTailCall(value: unknown): value is Lambda & { tail: TailCall } {
  return typeof value === 'object' && value !== null && (value as Lambda).tail !== undefined;
}

function callOnce(callable: Callable, args: unknown[], input: unknown, frame: Frame): unknown {
  if (typeof callable === 'function') return callable.apply(input, args);
  const values = callable.signature ? callable.signature.validate(args, input) : args;
  if ('implementation' in callable) {
    const result = callable.implementation.apply({ input }, values);
    if (result instanceof Promise) throw new NeedsInterpreter();
    return result;
  }
  const inner = new Frame(callable.frame, frame.guard);
  callable.arguments.forEach(({ value }, index) => {
    inner.bind(value, values[index]);
  });
  return callable.body(callable.input, inner);
}
